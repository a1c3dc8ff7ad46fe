/**
 * The joiner. Labels that come later than their features, on another topic, are {@linkplain
 * io.millrace.joiner.joining joined} with them and {@linkplain io.millrace.joiner.merging merged}
 * into labelled records.
 */
@NullMarked
package io.millrace.joiner;

import org.jspecify.annotations.NullMarked;
