/** Commands to a trainer, on their own topic: sent and read back as CloudEvents. */
@NullMarked
package io.millrace.trainer.commands;

import org.jspecify.annotations.NullMarked;
