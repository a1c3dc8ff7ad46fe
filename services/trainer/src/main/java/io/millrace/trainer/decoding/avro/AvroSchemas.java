package io.millrace.trainer.decoding.avro;

import java.util.Map;
import org.apache.avro.Schema;

/**
 * The schemas of a topic in Avro.
 *
 * @param reader what the model's fields are named in; with aliases and defaults, where fields have
 *     been renamed and added
 * @param byId the schemas that framed records are written with, by their numbers in the registry;
 *     empty where records have no frame and are written with {@code reader}
 */
public record AvroSchemas(Schema reader, Map<Integer, Schema> byId) {
  public AvroSchemas {
    byId = Map.copyOf(byId);
  }

  boolean isFramed() {
    return !byId.isEmpty();
  }
}
