package io.millrace.runtime.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Which records a topic takes, according to its configuration.
 *
 * @param batchBytes {@code max.message.bytes}, which limits a batch of one or more records
 * @param ageMillis how old a record's timestamp may be; unlimited if the broker sets timestamps
 * @param withoutKey whether it takes records without a key, which compacted topics refuse
 */
public record RecordLimits(long batchBytes, long ageMillis, boolean withoutKey) {
  /** The limits of a topic with an unknown configuration. */
  public static final RecordLimits NONE = new RecordLimits(Long.MAX_VALUE, Long.MAX_VALUE, true);

  /** The overhead of a batch in format version 2. */
  private static final int BATCH_BYTES = 61;

  /** A length, attributes, two deltas to the batch's first record, and three more lengths. */
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

  /** Returns the same limits without a size, because the compressed size of a record is unknown. */
  public RecordLimits ofAnySize() {
    return new RecordLimits(NONE.batchBytes, ageMillis, withoutKey);
  }

  /** Returns whether the topic takes a record of this key and size, even in a batch of its own. */
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
