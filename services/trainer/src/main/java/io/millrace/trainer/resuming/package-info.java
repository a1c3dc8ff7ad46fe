/** How a trainer resumes from the newest checkpoint, or begins. */
@NullMarked
package io.millrace.trainer.resuming;

import org.jspecify.annotations.NullMarked;
