package io.millrace.checkpoints.kafka;

import io.millrace.settings.InvalidSettingsException;
import io.millrace.settings.Problem;
import java.util.List;

/**
 * How large the records of checkpoints are: what the topics take decides, since a record that is
 * too large today is too large at the next attempt.
 *
 * @param chunkBytes of a chunk's value
 * @param batchBytes of the batches that the producer makes of several records
 */
public record RecordSizes(int chunkBytes, int batchBytes) {
  private static final int USUAL_CHUNK_BYTES = 512 << 10; // half of what a broker takes by default
  private static final int USUAL_BATCH_BYTES = 16 << 10; // as Kafka's producer has them
  private static final int LEAST_CHUNK_BYTES = 256;
  private static final int LEAST_MANIFEST_BYTES = 64 << 10;

  /**
   * The header of a batch and of a record, the chunk's header, and its key but the model's name.
   */
  private static final int OVERHEAD_BYTES = 200;

  /**
   * Returns the sizes that the topics take.
   *
   * @throws InvalidSettingsException where a topic takes too little
   */
  public static RecordSizes of(CheckpointTopics topics, String model, TopicInspector inspector) {
    int overhead = OVERHEAD_BYTES + model.length();
    int chunks = atLeast(LEAST_CHUNK_BYTES + overhead, topics.chunks(), inspector, topics.chunks());
    atLeast(LEAST_MANIFEST_BYTES, topics.manifest(), inspector, topics.chunks());
    return new RecordSizes(
        Math.min(USUAL_CHUNK_BYTES, chunks - overhead), Math.min(USUAL_BATCH_BYTES, chunks));
  }

  private static int atLeast(int least, String topic, TopicInspector inspector, String setting) {
    int limit = inspector.maxMessageBytes(topic);
    if (limit < least) {
      throw new InvalidSettingsException(
          List.of(
              new Problem(
                  "checkpoints.topic",
                  "is %s, and the max.message.bytes of %s is %d; allowed: at least %d"
                      .formatted(setting, topic, limit, least))));
    }
    return limit;
  }
}
