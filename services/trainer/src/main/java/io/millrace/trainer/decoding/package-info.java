/**
 * The formats of records. A decoder turns bytes into a row of the mini-batch, or returns the reason
 * why it cannot.
 */
@NullMarked
package io.millrace.trainer.decoding;

import org.jspecify.annotations.NullMarked;
