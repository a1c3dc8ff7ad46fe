package io.millrace.trainer.intake;

import io.millrace.learning.evaluation.RecordContext;
import io.millrace.learning.evaluation.ValidationSettings;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The 64-bit hash that decides whether a record is held out. It is computed from the record's
 * position, its key or its group, and from nothing else, so a replay makes the same split.
 */
@FunctionalInterface
public interface Holdout {
  /** Hashes the partition and the offset. */
  Holdout OFFSET = record -> Hash.mix(Hash.mix(record.partition() + Hash.GAMMA) + record.offset());

  /**
   * Hashes the key, so that records with the same key are all on one side. A record without a key
   * is hashed by its offset.
   */
  Holdout KEY = record -> hasKey(record) ? Hash.of(record.key()) : OFFSET.hash(record);

  /**
   * Returns the hash that the settings ask for.
   *
   * @param context the context of the record that was decoded last
   */
  static Holdout by(ValidationSettings settings, RecordContext context) {
    if (settings.groupBy().isPresent()) {
      return record -> context.group();
    }
    return switch (settings.holdoutBy()) {
      case OFFSET -> OFFSET;
      case KEY -> new HoldoutByKey();
    };
  }

  /**
   * Returns whether a record has a key. An empty key does not count, since many records would share
   * it.
   */
  static boolean hasKey(ConsumerRecord<byte[], byte[]> record) {
    return record.key() != null && record.key().length > 0;
  }

  /** Returns the hash of a text. It equals the hash of a key that is the text in UTF-8. */
  static long hashOf(String text) {
    return Hash.of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Returns the hash of the record that was decoded last. */
  long hash(ConsumerRecord<byte[], byte[]> record);

  /**
   * FNV-1a, followed by Stafford's variant 13 of MurmurHash3's finalizer for an even distribution.
   */
  final class Hash {
    private static final long GAMMA = 0x9e3779b97f4a7c15L;
    private static final long FNV_BASIS = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private Hash() {}

    private static long of(byte[] bytes) {
      long hash = FNV_BASIS;
      for (byte b : bytes) {
        hash = (hash ^ (b & 0xff)) * FNV_PRIME;
      }
      return mix(hash);
    }

    /** Lets every input bit affect every output bit. */
    private static long mix(long value) {
      long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
      mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
      return mixed ^ (mixed >>> 31);
    }
  }
}
