package io.millrace.trainer.intake;

import io.millrace.learning.evaluation.RecordContext;
import io.millrace.learning.evaluation.ValidationSettings;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The 64-bit number by which a record is held out or not: a hash of where the record stands, of its
 * key, or of what it belongs to. It depends on nothing else, so a replay splits alike.
 */
@FunctionalInterface
public interface Holdout {
  /** By partition and offset. */
  Holdout OFFSET = record -> Hash.mix(Hash.mix(record.partition() + Hash.GAMMA) + record.offset());

  /** By key, so that records of one key are never on both sides; by offset where there is none. */
  Holdout KEY = record -> hasKey(record) ? Hash.of(record.key()) : OFFSET.hash(record);

  /**
   * Returns what the settings ask for.
   *
   * @param context of the record that was decoded last
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

  /** Returns whether a record has a key; an empty one, which many would share, is none. */
  static boolean hasKey(ConsumerRecord<byte[], byte[]> record) {
    return record.key() != null && record.key().length > 0;
  }

  /** Returns the hash of a text, the same as that of a key of its bytes in UTF-8. */
  static long hashOf(String text) {
    return Hash.of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Returns the number of the record that was decoded last. */
  long hash(ConsumerRecord<byte[], byte[]> record);

  /** FNV-1a, made even by Stafford's variant 13 of MurmurHash3's finalizer. */
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

    /** Every bit of the input moves every other. */
    private static long mix(long value) {
      long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
      mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
      return mixed ^ (mixed >>> 31);
    }
  }
}
