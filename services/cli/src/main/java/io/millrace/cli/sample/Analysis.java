package io.millrace.cli.sample;

import io.millrace.cli.failures.CommandFailedException;
import io.millrace.cli.tables.Quoted;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is understood of sampled data: the label, what each other column is good for, and the rows
 * that cannot be used.
 */
public final class Analysis {
  private final DataSample sample;
  private final Label label;
  private final List<FeatureGuess> features = new ArrayList<>();
  private final List<ColumnSample> copies = new ArrayList<>();

  /**
   * @param askedLabel the label's column; null to guess it
   * @throws CommandFailedException if there is nothing to learn, or nothing to learn it from
   */
  public Analysis(DataSample sample, @Nullable String askedLabel) {
    if (sample.rows() == 0) {
      throw new CommandFailedException("there are no rows to guess settings from");
    }
    this.sample = sample;
    label = LabelGuess.of(sample.columns(), askedLabel);
    for (ColumnSample column : sample.columns()) {
      if (column != label.column()) {
        FeatureGuess feature = FeatureGuess.of(column);
        features.add(feature);
        if (feature.isUsed() && Copies.areCopies(column, label.column())) {
          copies.add(column);
        }
      }
    }
    if (features.stream().noneMatch(FeatureGuess::isUsed)) {
      throw new CommandFailedException(
          "there is no column to learn %s from: %s"
              .formatted(Quoted.of(label.name()), LeftOut.all(features)));
    }
  }

  DataSample sample() {
    return sample;
  }

  Label label() {
    return label;
  }

  /** Returns the guesses for all columns but the label, in the file's order. */
  List<FeatureGuess> features() {
    return features;
  }

  /** Returns the features of these kinds that the network sees. */
  List<FeatureGuess> used(ColumnKind... kinds) {
    List<ColumnKind> wanted = List.of(kinds);
    return features.stream()
        .filter(feature -> feature.isUsed() && wanted.contains(feature.kind()))
        .toList();
  }

  List<FeatureGuess> leftOut() {
    return features.stream().filter(feature -> !feature.isUsed()).toList();
  }

  /** Returns the features that say what the label says. */
  List<ColumnSample> copies() {
    return copies;
  }

  /** Returns how many rows can be learned from. */
  long usableRows() {
    BitSet unusable = (BitSet) unlabelled().clone();
    features.stream()
        .filter(FeatureGuess::isUsed)
        .forEach(feature -> unusable.or(unreadable(feature.column())));
    return sample.rows() - unusable.cardinality();
  }

  /** Returns the rows whose label is missing or cannot be read. */
  BitSet unlabelled() {
    BitSet rows = (BitSet) label.column().missingRows().clone();
    if (!label.isClasses()) {
      rows.or(unreadable(label.column()));
    }
    return rows;
  }

  /** Returns the rows with a value that is neither missing nor of the column's kind. */
  static BitSet unreadable(ColumnSample column) {
    return column.unreadable();
  }
}
