package io.millrace.checkpoints.kafka;

import io.millrace.settings.InvalidSettingsException;
import io.millrace.settings.Problem;
import java.util.List;

/**
 * The record sizes for checkpoints. They follow the topics' limits, since a record that is too
 * large stays too large at every attempt.
 *
 * @param chunkBytes the size of a chunk's value
 * @param batchBytes the batch size of the producer
 */
public record RecordSizes(int chunkBytes, int batchBytes) {
  private static final int USUAL_CHUNK_BYTES = 512 << 10; // half of a broker's default limit
  private static final int USUAL_BATCH_BYTES = 16 << 10; // the default of Kafka's producer
  private static final int LEAST_CHUNK_BYTES = 256;
  private static final int LEAST_MANIFEST_BYTES = 64 << 10;

  /** The headers of a batch, a record and a chunk, and the key without the model's name. */
  private static final int OVERHEAD_BYTES = 200;

  /**
   * Returns the sizes that the topics accept.
   *
   * @throws InvalidSettingsException if a topic's limit is too small
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
