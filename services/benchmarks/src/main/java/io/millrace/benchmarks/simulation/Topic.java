package io.millrace.benchmarks.simulation;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A topic in memory, whose records are created when they are read. */
interface Topic {

  String name();

  int partitions();

  /** Returns the offset of the oldest retained record. */
  long oldest(int partition);

  /** Returns the offset after the newest record. */
  long end(int partition);

  /** Returns the first retained offset at or after a time; {@link #end} if there is none. */
  long since(int partition, long timeMillis);

  ConsumerRecord<byte[], byte[]> record(int partition, long offset);
}
