/** A record's trace, from its topic over the checkpoint to the predictor that loads it. */
@NullMarked
package io.millrace.tracing;

import org.jspecify.annotations.NullMarked;
