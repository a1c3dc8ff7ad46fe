package io.millrace.trainer.decoding.avro;

import java.util.Map;
import org.apache.avro.Schema;

/**
 * The Avro schemas of a topic.
 *
 * @param reader the schema that names the model's fields; it has aliases and defaults for fields
 *     that were renamed or added
 * @param byId the writer schemas of framed records, by their ids in the registry; empty if records
 *     have no frame and are written with {@code reader}
 */
public record AvroSchemas(Schema reader, Map<Integer, Schema> byId) {
  public AvroSchemas {
    byId = Map.copyOf(byId);
  }

  boolean isFramed() {
    return !byId.isEmpty();
  }
}
