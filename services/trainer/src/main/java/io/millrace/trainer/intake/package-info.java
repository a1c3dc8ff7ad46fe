/**
 * The first stage: bytes from the topic become a row of the mini-batch, or a reason why they
 * cannot.
 */
@NullMarked
package io.millrace.trainer.intake;

import org.jspecify.annotations.NullMarked;
