/** The middle stage: holds records out or learns from them, and measures its progress. */
@NullMarked
package io.millrace.trainer.training;

import org.jspecify.annotations.NullMarked;
