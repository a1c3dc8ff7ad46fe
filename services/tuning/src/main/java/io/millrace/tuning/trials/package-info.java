/** Trials: training with some settings changed, judged by records that were not learned. */
@NullMarked
package io.millrace.tuning.trials;

import org.jspecify.annotations.NullMarked;
