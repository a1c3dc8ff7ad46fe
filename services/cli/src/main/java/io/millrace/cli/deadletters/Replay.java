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
 * Puts back the dead letters that are valid under the current settings.
 *
 * <p>A letter is decoded as the trainer decodes records. A valid record goes to the records topic
 * unchanged, with its timestamp if that topic accepts it. A letter that is still invalid, or that
 * the brokers refuse, goes unchanged to the end of the dead letters. Each transaction includes the
 * offset up to which letters were read, so no letter is put back twice, even over a crash. Confined
 * to one thread.
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
   * @param model the model's name, which names the consumer group of the offsets
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
    producer.initTransactions(); // aborts the transaction of an interrupted replay
    this.letters = new TopicRecords(clients, "millrace-replay", settings.deadLetters());
    ReplayPosition.seek(letters, clients, model);
  }

  /** Processes all letters up to now. */
  public void run() {
    letters.forEach(
        record -> {
          take(record);
          return true;
        });
    commit();
  }

  /** Returns how many letters were put back. */
  public long replayed() {
    return replayed;
  }

  /** Returns how many letters are still invalid. */
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
    while (!isCommitted()) {} // each attempt uses another form of the refused letters
    long back = sorted.stream().filter(each -> each.topic().equals(settings.topic())).count();
    replayed += back;
    left += sorted.size() - back;
    sorted.clear();
    bytes = 0;
  }

  /**
   * Writes the sorted letters. If the brokers refuse some that have another form, writes nothing
   * and returns false.
   *
   * <p>Partitions are assigned, so there is no group member to describe the group better.
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
      producer.flush(); // an unsent letter would stay, and hold up the next transaction
      producer.abortTransaction();
      if (sorted.stream().filter(Sorted::giveWay).count() == 0) {
        throw e;
      }
      return false;
    }
  }
}
