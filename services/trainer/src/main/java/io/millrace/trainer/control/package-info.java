/** Executes commands, rereads earlier records, and decides which weights are served. */
@NullMarked
package io.millrace.trainer.control;

import org.jspecify.annotations.NullMarked;
