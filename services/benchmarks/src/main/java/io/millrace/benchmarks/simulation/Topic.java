package io.millrace.benchmarks.simulation;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A topic in memory, whose records are made when they are read. */
interface Topic {

  String name();

  int partitions();

  /** Returns the offset of the oldest record that is kept. */
  long oldest(int partition);

  /** Returns the offset behind the newest record. */
  long end(int partition);

  /** Returns the first kept offset at or after a time; {@link #end} where there is none. */
  long since(int partition, long timeMillis);

  ConsumerRecord<byte[], byte[]> record(int partition, long offset);
}
