/** The events of a model, on their own topic: written with checkpoints, and read back. */
@NullMarked
package io.millrace.trainer.events;

import org.jspecify.annotations.NullMarked;
