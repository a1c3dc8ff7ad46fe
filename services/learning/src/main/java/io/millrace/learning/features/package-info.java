/**
 * How the fields of a record become the numbers that the network sees.
 *
 * <p>This takes two steps. A {@link io.millrace.learning.features.RawForm} writes a field's value
 * into a fixed number of raw cells of a row. It depends on the settings only, so a row always means
 * the same. A {@link io.millrace.learning.features.Transformation} turns raw cells into the
 * network's numbers, with what it has learned of the stream. Trainer and predictor run both steps.
 */
@NullMarked
package io.millrace.learning.features;

import org.jspecify.annotations.NullMarked;
