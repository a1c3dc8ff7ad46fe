package io.millrace.trainer.intake;

import io.millrace.runtime.LogKeys;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@link Holdout#KEY}, which logs a warning for the first record without a key. Confined to one
 * thread.
 */
final class HoldoutByKey implements Holdout {
  private static final Logger LOGGER = LoggerFactory.getLogger(HoldoutByKey.class);

  private boolean told;

  @Override
  public long hash(ConsumerRecord<byte[], byte[]> record) {
    if (!told && !Holdout.hasKey(record)) {
      told = true;
      LOGGER
          .atWarn()
          .addKeyValue(LogKeys.TOPIC, record.topic())
          .addKeyValue(LogKeys.PARTITION, record.partition())
          .addKeyValue(LogKeys.OFFSET, record.offset())
          .log(
              "A record has no key, though validation.holdout_by is key: such records are held out"
                  + " by offset, so that one that is sent again may be trained and judge the model"
                  + " too; send records with a key, or set validation.group_by");
    }
    return KEY.hash(record);
  }
}
