/** Commands to a trainer, on a topic of their own: sent, and read back as CloudEvents. */
@NullMarked
package io.millrace.trainer.commands;

import org.jspecify.annotations.NullMarked;
