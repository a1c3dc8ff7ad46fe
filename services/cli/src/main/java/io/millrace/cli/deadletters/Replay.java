package io.millrace.cli.deadletters;

import io.millrace.cli.topics.TopicRecords;
import io.millrace.learning.model.ExampleBatch;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.runtime.kafka.ClientProperties;
import io.millrace.trainer.decoding.shared.RecordDecoder;
import io.millrace.trainer.intake.RecordSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ProducerFencedException;

/**
 * Puts dead letters back that today's settings can use.
 *
 * <p>A letter is decoded as the trainer would decode it. What it can use goes to the records topic
 * as it was, with its time where that topic allows it; what it still cannot use, or what brokers do
 * not take, goes to the end of the dead letters, as it is. Both happen in transactions together
 * with the offset up to which letters were looked at, so that no letter is put back twice, whatever
 * happens in between. Confined to one thread.
 */
public final class Replay implements AutoCloseable {
  private static final int LETTERS_A_TRANSACTION = 1000;
  private static final long BYTES_A_TRANSACTION = 16L << 20;

  private final RecordSettings settings;
  private final RecordDecoder decoder;
  private final ExampleBatch rows;
  private final TopicRecords letters;
  private final KafkaProducer<byte[], byte[]> producer;
  private final String group;
  private final Map<TopicPartition, OffsetAndMetadata> seen = new HashMap<>();
  private final List<Sorted> sorted = new ArrayList<>();
  private long bytes;
  private long replayed;
  private long left;

  /**
   * @param model the model's name, which the group of the offsets is named after
   */
  public Replay(
      ClientProperties clients, String model, RecordSettings settings, ModelDefinition definition) {
    this.settings = settings;
    this.decoder = settings.decoder(definition);
    this.rows = new ExampleBatch(1, definition.inputWidths(), definition.targetWidths());
    this.group = ReplayPosition.group(model);
    Map<String, Object> properties = new HashMap<>(clients.producer("millrace-replay"));
    properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, group);
    this.producer = new KafkaProducer<>(properties);
    producer.initTransactions(); // ends what a replay left that was stopped
    this.letters = new TopicRecords(clients, "millrace-replay", settings.deadLetters());
    ReplayPosition.seek(letters, clients, model);
  }

  /** Looks at all letters up to now. */
  public void run() {
    letters.forEach(
        record -> {
          take(record);
          return true;
        });
    commit();
  }

  /** Returns how many letters went back. */
  public long replayed() {
    return replayed;
  }

  /** Returns how many letters can still not be used. */
  public long left() {
    return left;
  }

  @Override
  public void close() {
    letters.close();
    producer.close();
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    DeadLetter letter = new DeadLetter(record);
    boolean usable = letter.isWhole() && decoder.decode(record.value(), rows) == null;
    sorted.add(usable ? Sorted.usable(letter, settings) : Sorted.left(letter, settings));
    bytes += Math.max(0, record.serializedKeySize()) + Math.max(0, record.serializedValueSize());
    seen.put(
        new TopicPartition(record.topic(), record.partition()),
        new OffsetAndMetadata(record.offset() + 1));
    if (sorted.size() == LETTERS_A_TRANSACTION || bytes >= BYTES_A_TRANSACTION) {
      commit();
    }
  }

  private void commit() {
    if (sorted.isEmpty()) {
      return;
    }
    while (!isCommitted()) {} // each time with another form of what was refused
    long back = sorted.stream().filter(each -> each.topic().equals(settings.topic())).count();
    replayed += back;
    left += sorted.size() - back;
    sorted.clear();
    bytes = 0;
  }

  /**
   * Writes what was sorted, or nothing where some of it was refused and has another form.
   *
   * <p>Partitions are assigned, so no member of the group has a better description of it.
   */
  @SuppressWarnings("deprecation")
  private boolean isCommitted() {
    producer.beginTransaction();
    try {
      sorted.forEach(each -> each.send(producer));
      producer.sendOffsetsToTransaction(seen, new ConsumerGroupMetadata(group));
      producer.commitTransaction();
      return true;
    } catch (ProducerFencedException e) {
      throw e; // by another replay; there is nothing left to abort
    } catch (KafkaException e) {
      producer.abortTransaction();
      if (sorted.stream().filter(Sorted::giveWay).count() == 0) {
        throw e;
      }
      return false;
    }
  }
}
