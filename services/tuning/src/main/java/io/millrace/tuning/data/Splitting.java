package io.millrace.tuning.data;

import io.millrace.learning.evaluation.ValidationSettings;
import io.millrace.settings.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * How records are split into those that are learned from and those that judge.
 *
 * @param kind the way of splitting
 * @param parts folds of {@code KFOLD}, origins of {@code ROLLING_ORIGIN}; 1 of {@code HOLDOUT}
 */
public record Splitting(Kind kind, int parts) {
  private static final int PARTS = 3;

  /** The ways of splitting. */
  public enum Kind {
    /** The records that a trainer with the same settings holds out judge. */
    HOLDOUT,

    /** Every record judges once, by a model that has not seen it. */
    KFOLD,

    /** The model learns from the past, and is judged by what follows, several times. */
    ROLLING_ORIGIN
  }

  /** Reads {@code validation} of the section {@code search}. */
  public static Splitting read(Section search) {
    Section section = search.typed("validation", "rolling_origin");
    Kind kind =
        section
            .choice("type", Kind.class, "how records are split into learned and judging ones")
            .orElse(Kind.ROLLING_ORIGIN);
    int parts =
        switch (kind) {
          case HOLDOUT -> 1;
          case KFOLD ->
              section
                  .integer("folds", "parts of the records; each judges once; of type kfold")
                  .atLeast(2)
                  .atMost(100)
                  .orElse(PARTS);
          case ROLLING_ORIGIN ->
              section
                  .integer("origins", "how often the past ends anew; of type rolling_origin")
                  .atLeast(1)
                  .atMost(100)
                  .orElse(PARTS);
        };
    return new Splitting(kind, parts);
  }

  /** Returns whether the records have to be learned in their own order. */
  public boolean keepsOrder() {
    return kind == Kind.ROLLING_ORIGIN;
  }

  /**
   * Returns the splits of some records. The same records give the same splits.
   *
   * @param validation which records are held out, for {@code HOLDOUT}
   */
  public List<Split> of(DecodedRecords records, ValidationSettings validation) {
    return switch (kind) {
      case HOLDOUT -> List.of(heldOut(records, validation));
      case KFOLD -> folds(records);
      case ROLLING_ORIGIN -> origins(records.size());
    };
  }

  private static Split heldOut(DecodedRecords records, ValidationSettings validation) {
    return split(records.size(), row -> validation.holdsOut(records.hash(row)));
  }

  /**
   * Cuts the records, in the order of their hashes, into equal parts. Records of one hash, which
   * are of one group or key, are in one part.
   */
  private List<Split> folds(DecodedRecords records) {
    int[] ordered =
        IntStream.range(0, records.size())
            .boxed()
            .sorted((one, other) -> Long.compareUnsigned(records.hash(one), records.hash(other)))
            .mapToInt(Integer::intValue)
            .toArray();
    int[] foldOf = new int[ordered.length];
    int fold = 0;
    for (int i = 0; i < ordered.length; i++) {
      boolean isNewHash = i == 0 || records.hash(ordered[i]) != records.hash(ordered[i - 1]);
      fold = isNewHash ? (int) ((long) i * parts / ordered.length) : fold;
      foldOf[ordered[i]] = fold;
    }
    List<Split> splits = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      int judging = part;
      splits.add(split(foldOf.length, row -> foldOf[row] == judging));
    }
    return splits;
  }

  private List<Split> origins(int size) {
    List<Split> splits = new ArrayList<>();
    for (int origin = 1; origin <= parts; origin++) {
      int end = blockEnd(origin, size);
      splits.add(
          new Split(
              IntStream.range(0, end).toArray(),
              IntStream.range(end, blockEnd(origin + 1, size)).toArray()));
    }
    return splits;
  }

  private int blockEnd(int blocks, int size) {
    return (int) ((long) size * blocks / (parts + 1));
  }

  private static Split split(int size, IntPredicate judges) {
    int[] validation = IntStream.range(0, size).filter(judges).toArray();
    int[] training = IntStream.range(0, size).filter(judges.negate()).toArray();
    return new Split(training, validation);
  }
}
