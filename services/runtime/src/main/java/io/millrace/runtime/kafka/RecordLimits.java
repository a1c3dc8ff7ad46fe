package io.millrace.runtime.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Which records a topic takes, as its configuration says.
 *
 * @param batchBytes {@code max.message.bytes}, which holds for a batch, and a record is in one
 * @param ageMillis how old a record's timestamp may be; unlimited where the broker sets timestamps
 * @param withoutKey whether it takes records without a key: one that is compacted does not
 */
public record RecordLimits(long batchBytes, long ageMillis, boolean withoutKey) {
  /** Of a topic that nothing is known of. */
  public static final RecordLimits NONE = new RecordLimits(Long.MAX_VALUE, Long.MAX_VALUE, true);

  /** Of a batch, by the format of its second version. */
  private static final int BATCH_BYTES = 61;

  /** A length, an attribute, two differences to the batch's first record and three lengths more. */
  private static final int RECORD_BYTES = 21;

  /** Two lengths. */
  private static final int HEADER_BYTES = 10;

  static RecordLimits of(Config config) {
    boolean brokersTime =
        "LogAppendTime".equals(value(config, TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, ""));
    String age =
        value(config, TopicConfig.MESSAGE_TIMESTAMP_BEFORE_MAX_MS_CONFIG, "" + NONE.ageMillis);
    return new RecordLimits(
        Long.parseLong(value(config, TopicConfig.MAX_MESSAGE_BYTES_CONFIG, "" + NONE.batchBytes)),
        brokersTime ? NONE.ageMillis : Long.parseLong(age),
        !value(config, TopicConfig.CLEANUP_POLICY_CONFIG, "").contains("compact"));
  }

  /**
   * Returns the same limits for a producer that compresses: what a record comes to is not known.
   */
  public RecordLimits ofAnySize() {
    return new RecordLimits(NONE.batchBytes, ageMillis, withoutKey);
  }

  /** Returns whether a topic takes a record by its key and size, and be it alone in its batch. */
  public boolean takes(byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
    long bytes = (long) BATCH_BYTES + RECORD_BYTES + length(key) + length(value);
    for (Header header : headers) {
      bytes += HEADER_BYTES + header.key().getBytes(UTF_8).length + length(header.value());
    }
    return bytes <= batchBytes && (key != null || withoutKey);
  }

  private static long length(byte @Nullable [] bytes) {
    return bytes == null ? 0 : bytes.length;
  }

  private static String value(Config config, String name, String otherwise) {
    ConfigEntry entry = config.get(name);
    return entry == null || entry.value() == null ? otherwise : entry.value();
  }
}
