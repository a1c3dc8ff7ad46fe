/** The formats of records. Bytes become a row of the mini-batch, or a reason why they cannot. */
@NullMarked
package io.millrace.trainer.decoding;

import org.jspecify.annotations.NullMarked;
