package io.millrace.trainer;

import io.millrace.runtime.kafka.TopicIds;
import org.apache.kafka.clients.consumer.Consumer;

/**
 * What a trainer reads from, handed over to its thread.
 *
 * @param records a consumer for the records
 * @param commands a consumer for the commands
 * @param topicIds tells whether a topic is still the one that it was
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
