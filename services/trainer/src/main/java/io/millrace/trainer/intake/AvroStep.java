package io.millrace.trainer.intake;

import io.millrace.learning.Rows;
import org.jspecify.annotations.Nullable;

/** Reads one value of Avro's binary encoding, or passes over it. */
interface AvroStep {
  @Nullable Rejected read(AvroReader reader, Rows rows);
}
