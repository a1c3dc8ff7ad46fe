/**
 * Records that are protobuf messages: labelled records, {@code tf.train.Example}, and messages of
 * any other type.
 */
@NullMarked
package io.millrace.trainer.decoding.protobuf;

import org.jspecify.annotations.NullMarked;
