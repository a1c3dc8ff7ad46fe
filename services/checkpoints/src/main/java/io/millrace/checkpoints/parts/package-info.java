/** The bytes of a checkpoint: its parts, cut into chunks and put together again. */
@NullMarked
package io.millrace.checkpoints.parts;

import org.jspecify.annotations.NullMarked;
