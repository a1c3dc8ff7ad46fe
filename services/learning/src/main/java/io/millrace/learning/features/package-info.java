/**
 * How the fields of a record become the numbers that the network sees.
 *
 * <p>In two steps. A {@link io.millrace.learning.features.RawForm} writes a field's value into a
 * fixed number of raw cells of a row; it knows nothing but the settings, so that a row means the
 * same whenever it is looked at. A {@link io.millrace.learning.features.Transformation} turns raw
 * cells into the network's numbers, with what it has learned of the stream. Trainer and predictor
 * run both.
 */
@NullMarked
package io.millrace.learning.features;

import org.jspecify.annotations.NullMarked;
