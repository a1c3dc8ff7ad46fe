/** What happened to a model, on a topic of its own: written with checkpoints, and read back. */
@NullMarked
package io.millrace.trainer.events;

import org.jspecify.annotations.NullMarked;
