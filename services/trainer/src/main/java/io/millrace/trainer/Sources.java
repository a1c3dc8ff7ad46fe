package io.millrace.trainer;

import io.millrace.runtime.kafka.TopicIds;
import org.apache.kafka.clients.consumer.Consumer;

/**
 * The sources that a trainer reads from. Ownership passes to its thread.
 *
 * @param records the consumer of records
 * @param commands the consumer of commands
 * @param topicIds looks up topic ids, which reveal that a topic was recreated
 */
record Sources(
    Consumer<byte[], byte[]> records, Consumer<byte[], byte[]> commands, TopicIds topicIds)
    implements AutoCloseable {

  @Override
  public void close() {
    records.close();
    commands.close();
    topicIds.close();
  }
}
