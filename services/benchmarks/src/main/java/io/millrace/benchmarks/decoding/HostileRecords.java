package io.millrace.benchmarks.decoding;

import java.io.IOException;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/**
 * Records whose value, key, headers and timestamp may each be wrong in any way that brokers accept.
 * One of {@value #ONE_RIGHT_OF} is valid. Confined to one thread.
 */
final class HostileRecords {
  static final String TOPIC = "records";

  private static final int ONE_RIGHT_OF = 8;
  private static final int VALID = 1000;
  private static final int MANY = 1000;
  private static final int LARGE = 64 * 1024;
  private static final long NOON_MILLIS = 1_709_208_000_000L;

  private final Random random = new Random(1);
  private final RecordMutations mutations = new RecordMutations(random);
  private final byte[][] valid = new byte[VALID][];

  HostileRecords(Sample sample) throws IOException {
    for (int i = 0; i < VALID; i++) {
      valid[i] = sample.record(random);
    }
  }

  /** Returns whether a record is valid and must not be rejected. */
  static boolean isRight(long offset) {
    return offset % ONE_RIGHT_OF == 0;
  }

  /** Returns the record at an offset. */
  ConsumerRecord<byte[], byte[]> record(long offset) {
    boolean isRight = isRight(offset);
    byte[] whole = valid[(int) (offset % VALID)];
    byte @Nullable [] value = isRight ? whole : value(whole);
    byte @Nullable [] key = key();
    long time = NOON_MILLIS + offset;
    return new ConsumerRecord<>(
        TOPIC,
        0,
        offset,
        isRight ? time : mutations.time(time),
        random.nextInt(MANY) == 0 ? TimestampType.NO_TIMESTAMP_TYPE : TimestampType.CREATE_TIME,
        key == null ? ConsumerRecord.NULL_SIZE : key.length,
        value == null ? ConsumerRecord.NULL_SIZE : value.length,
        key,
        value,
        headers(),
        Optional.empty());
  }

  private byte @Nullable [] value(byte[] whole) {
    return switch (random.nextInt(64)) {
      case 0 -> null;
      case 1 -> new byte[0];
      default -> mutations.of(whole);
    };
  }

  private byte @Nullable [] key() {
    return switch (random.nextInt(4)) {
      case 0 -> null;
      case 1 -> new byte[0];
      default -> bytes(random.nextInt(MANY) == 0 ? LARGE : random.nextInt(32));
    };
  }

  /** Some have the names of a dead letter's own headers. */
  private RecordHeaders headers() {
    RecordHeaders headers = new RecordHeaders();
    int count = random.nextInt(MANY) == 0 ? MANY : random.nextInt(8) / 5;
    for (int i = 0; i < count; i++) {
      String name =
          switch (random.nextInt(4)) {
            case 0 -> "";
            case 1 -> "__dlq.errors.reason";
            case 2 -> "\u0000\ud83d";
            default -> "x".repeat(random.nextInt(40));
          };
      headers.add(name, random.nextInt(3) == 0 ? null : bytes(random.nextInt(20)));
    }
    return headers;
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
