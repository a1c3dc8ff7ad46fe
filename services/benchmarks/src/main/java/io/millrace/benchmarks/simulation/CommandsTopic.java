package io.millrace.benchmarks.simulation;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The commands, in order. */
final class CommandsTopic implements Topic {
  private final List<SentCommand> sent = new ArrayList<>();

  void send(SentCommand command) {
    sent.add(command);
  }

  SentCommand get(long offset) {
    return sent.get((int) offset);
  }

  @Override
  public String name() {
    return "commands";
  }

  @Override
  public int partitions() {
    return 1;
  }

  @Override
  public long oldest(int partition) {
    return 0;
  }

  @Override
  public long end(int partition) {
    return sent.size();
  }

  @Override
  public long since(int partition, long timeMillis) {
    throw new UnsupportedOperationException("nobody asks commands for a time");
  }

  @Override
  public ConsumerRecord<byte[], byte[]> record(int partition, long offset) {
    return get(offset).record(name(), offset);
  }
}
