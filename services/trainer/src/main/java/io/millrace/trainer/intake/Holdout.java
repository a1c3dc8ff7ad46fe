package io.millrace.trainer.intake;

import io.millrace.learning.ValidationSettings.HoldoutBy;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The 64-bit number by which a record is held out or not: a hash of where the record stands, or of
 * its key. It depends on nothing else, so a replay splits alike.
 */
public enum Holdout {
  /** By partition and offset. */
  OFFSET {
    @Override
    public long hash(ConsumerRecord<byte[], byte[]> record) {
      return mix(mix(record.partition() + GOLDEN_GAMMA) + record.offset());
    }
  },

  /** By key, so that records of one key are never on both sides; by offset where there is none. */
  KEY {
    @Override
    public long hash(ConsumerRecord<byte[], byte[]> record) {
      byte[] key = record.key();
      if (key == null) {
        return OFFSET.hash(record);
      }
      long hash = FNV_BASIS;
      for (byte b : key) {
        hash = (hash ^ (b & 0xff)) * FNV_PRIME;
      }
      return mix(hash);
    }
  };

  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;
  private static final long FNV_BASIS = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  /** Returns what the settings ask for. */
  public static Holdout by(HoldoutBy setting) {
    return switch (setting) {
      case OFFSET -> OFFSET;
      case KEY -> KEY;
    };
  }

  public abstract long hash(ConsumerRecord<byte[], byte[]> record);

  /** Stafford's variant 13 of MurmurHash3's finalizer: every bit of the input moves every other. */
  private static long mix(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
