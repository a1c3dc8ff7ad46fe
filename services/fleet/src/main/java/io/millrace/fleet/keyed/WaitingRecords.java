package io.millrace.fleet.keyed;

import io.millrace.learning.evaluation.EventTime;
import java.nio.ByteBuffer;

/**
 * The records of a key that wait until its next mini-batch is full, in one array as the store keeps
 * it. So a key's model is touched once a mini-batch, and a crash loses nothing of a half-filled
 * one. Immutable.
 *
 * <p>A header of {@value #HEADER} bytes is followed by the records: whether each is held out, its
 * time, the length of its value, and the value.
 *
 * @param bytes big-endian; must not change
 */
record WaitingRecords(byte[] bytes) {
  private static final byte FORMAT = 1;
  private static final int SEEN_AT = 1;
  private static final int PARTITION_AT = SEEN_AT + Long.BYTES;
  private static final int NEXT_OFFSET_AT = PARTITION_AT + Integer.BYTES;
  private static final int TO_TRAIN_AT = NEXT_OFFSET_AT + Long.BYTES;
  private static final int HEADER = TO_TRAIN_AT + Integer.BYTES;
  private static final int RECORD = 1 + Long.BYTES + Integer.BYTES;

  /** Takes the records one by one. */
  interface Visitor {
    /**
     * @param heldOut whether the record is for the validation window
     * @param timeMillis the record's timestamp
     */
    void visit(boolean heldOut, long timeMillis, byte[] value);
  }

  /** Returns that nothing waits of a key that had no record yet. */
  static WaitingRecords none() {
    return new WaitingRecords(
        ByteBuffer.allocate(HEADER).put(FORMAT).putLong(EventTime.NONE).array());
  }

  /**
   * Returns these records and one more, the newest of its key.
   *
   * @param seen the event time at which the key was last seen
   */
  WaitingRecords with(Source record, boolean heldOut, long seen) {
    byte[] value = record.value();
    byte[] longer = new byte[bytes.length + RECORD + value.length];
    ByteBuffer.wrap(longer)
        .put(bytes)
        .put((byte) (heldOut ? 1 : 0))
        .putLong(record.timeMillis())
        .putInt(value.length)
        .put(value);
    ByteBuffer.wrap(longer)
        .position(SEEN_AT)
        .putLong(seen)
        .putInt(record.partition())
        .putLong(record.offset() + 1)
        .putInt(toTrain() + (heldOut ? 0 : 1));
    return new WaitingRecords(longer);
  }

  /** Returns that nothing waits any more; when and where the newest record was seen stays. */
  WaitingRecords learned() {
    ByteBuffer header = ByteBuffer.allocate(HEADER).put(bytes, 0, HEADER);
    return new WaitingRecords(header.putInt(TO_TRAIN_AT, 0).array());
  }

  /** Returns the event time at which the newest record was seen. */
  long seen() {
    return header().getLong(SEEN_AT);
  }

  /** Returns the partition of the newest record. */
  int partition() {
    return header().getInt(PARTITION_AT);
  }

  /** Returns the offset behind the newest record. */
  long nextOffset() {
    return header().getLong(NEXT_OFFSET_AT);
  }

  /** Returns how many of the records go into the mini-batch. */
  int toTrain() {
    return header().getInt(TO_TRAIN_AT);
  }

  boolean isEmpty() {
    return bytes.length == HEADER;
  }

  int size() {
    return bytes.length;
  }

  void forEach(Visitor visitor) {
    ByteBuffer records = header().position(HEADER);
    while (records.hasRemaining()) {
      boolean heldOut = records.get() == 1;
      long timeMillis = records.getLong();
      byte[] value = new byte[records.getInt()];
      records.get(value);
      visitor.visit(heldOut, timeMillis, value);
    }
  }

  private ByteBuffer header() {
    return ByteBuffer.wrap(bytes);
  }
}
