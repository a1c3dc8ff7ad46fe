/** Records in Avro's binary encoding. */
@NullMarked
package io.millrace.trainer.decoding.avro;

import org.jspecify.annotations.NullMarked;
