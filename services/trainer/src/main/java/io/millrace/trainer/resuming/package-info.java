/** How a trainer goes on where the newest checkpoint stands, or begins. */
@NullMarked
package io.millrace.trainer.resuming;

import org.jspecify.annotations.NullMarked;
