/** The spans of a trainer: checkpoints, linked to the traces of their records. */
@NullMarked
package io.millrace.trainer.tracing;

import org.jspecify.annotations.NullMarked;
