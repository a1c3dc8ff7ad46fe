package io.millrace.tuning.data;

import io.millrace.learning.evaluation.RecordContext;
import io.millrace.learning.evaluation.ValidationSettings;
import io.millrace.learning.model.ExampleBatch;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.trainer.TrainerSettings;
import io.millrace.trainer.decoding.shared.RecordDecoder;
import io.millrace.trainer.decoding.shared.Rejected;
import io.millrace.trainer.intake.Holdout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Decodes records, by the model's own decoder, into memory. Confined to one thread.
 *
 * <p>A record that cannot be decoded is counted with its reason and left out.
 */
public final class RecordCollector {
  private static final int MOST_PROBLEMS = 100;
  private static final int FLOAT_BYTES = 4;
  private static final int PLACE_BYTES = 32;

  private final ModelDefinition definition;
  private final RecordContext context;
  private final RecordDecoder decoder;
  private final Holdout holdout;
  private final int most;
  private final List<ExampleBatch> chunks = new ArrayList<>();
  private final Map<String, RejectedRecords> rejected = new LinkedHashMap<>();
  private long[] times = new long[DecodedRecords.CHUNK];
  private long[] hashes = new long[DecodedRecords.CHUNK];
  private long[] offsets = new long[DecodedRecords.CHUNK];
  private int[] partitions = new int[DecodedRecords.CHUNK];
  private int size;

  /**
   * @param most the most records that are kept
   */
  public RecordCollector(TrainerSettings settings, int most) {
    ValidationSettings validation = settings.learner().validation();
    this.definition = settings.definition();
    this.context = new RecordContext(validation.slices().size());
    this.decoder = settings.records().decoder(definition, validation, context);
    this.holdout = Holdout.by(validation, context);
    this.most = most;
    chunks.add(chunk());
  }

  /** Returns how many records fit into a number of bytes. */
  public static int fitting(ModelDefinition definition, long bytes) {
    long cells =
        Arrays.stream(definition.inputWidths()).asLongStream().sum()
            + Arrays.stream(definition.labelWidths()).asLongStream().sum()
            + 1;
    return (int) Math.min(Integer.MAX_VALUE - 8, bytes / (cells * FLOAT_BYTES + PLACE_BYTES));
  }

  /** Returns whether no further record is kept. */
  public boolean isFull() {
    return size >= most;
  }

  /** Returns how many records were decoded. */
  public int size() {
    return size;
  }

  /**
   * Decodes a record. Must not be called once this {@linkplain #isFull is full}.
   *
   * @param where the record, in words, should it be rejected
   */
  public void add(ConsumerRecord<byte[], byte[]> record, Supplier<String> where) {
    ExampleBatch rows = chunks.get(chunks.size() - 1);
    Rejected problem = decoder.decode(record.value(), rows);
    if (problem != null) {
      reject(problem.problem(), problem.found(), where.get());
      return;
    }
    makeRoom();
    times[size] = record.timestamp();
    hashes[size] = holdout.hash(record);
    offsets[size] = record.offset();
    partitions[size] = record.partition();
    size++;
    rows.advance();
    if (rows.isFull()) {
      chunks.add(chunk());
    }
  }

  /** Counts a record that could not even be read. */
  public void reject(String problem, String found, String where) {
    String key = rejected.size() < MOST_PROBLEMS ? problem : "the record has another problem";
    rejected.merge(
        key,
        new RejectedRecords(key, found, where, 1),
        (known, one) ->
            new RejectedRecords(key, known.found(), known.where(), known.records() + 1));
  }

  /** Returns the records that could not be decoded, by problem, the most frequent first. */
  public List<RejectedRecords> rejected() {
    List<RejectedRecords> problems = new ArrayList<>(rejected.values());
    problems.sort(Comparator.comparingLong(RejectedRecords::records).reversed());
    return problems;
  }

  /** Returns the records. The collector must not be used afterwards. */
  public DecodedRecords collected() {
    return new DecodedRecords(chunks, places(), times, hashes, rejected());
  }

  /** Polls mix partitions as they like; the order of times is the same each time. */
  private int[] places() {
    IntStream places = IntStream.range(0, size);
    if (IntStream.range(0, size).map(place -> partitions[place]).distinct().count() <= 1) {
      return places.toArray();
    }
    return places
        .boxed()
        .sorted(
            Comparator.<Integer>comparingLong(place -> times[place])
                .thenComparingInt(place -> partitions[place])
                .thenComparingLong(place -> offsets[place]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private void makeRoom() {
    if (size == times.length) {
      int larger = (int) Math.min(Integer.MAX_VALUE - 8L, 2L * size);
      times = Arrays.copyOf(times, larger);
      hashes = Arrays.copyOf(hashes, larger);
      offsets = Arrays.copyOf(offsets, larger);
      partitions = Arrays.copyOf(partitions, larger);
    }
  }

  private ExampleBatch chunk() {
    return new ExampleBatch(
        DecodedRecords.CHUNK, definition.inputWidths(), definition.labelWidths());
  }
}
