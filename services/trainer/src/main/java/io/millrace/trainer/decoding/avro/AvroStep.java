package io.millrace.trainer.decoding.avro;

import io.millrace.learning.model.ExampleBatch;
import io.millrace.trainer.decoding.shared.Rejected;
import org.jspecify.annotations.Nullable;

/** Reads one value in Avro's binary encoding, or skips it. */
interface AvroStep {
  @Nullable Rejected read(AvroReader reader, ExampleBatch rows);
}
