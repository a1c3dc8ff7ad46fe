/** The encoding of a checkpoint: its parts, cut into chunks and assembled again. */
@NullMarked
package io.millrace.checkpoints.parts;

import org.jspecify.annotations.NullMarked;
