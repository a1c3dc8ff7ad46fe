package io.millrace.learning.features;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A summary of one field's values over the rows added. Confined to one thread. */
public final class FieldSummary {
  private final FieldCells cells;
  private final String kind;
  private final TermNumbers terms;
  private final boolean learns;
  private long numbers;
  private long missing;
  private long unknown;
  private double sum;
  private double least = Double.POSITIVE_INFINITY;
  private double most = Double.NEGATIVE_INFINITY;

  private FieldSummary(FieldCells cells, Feature feature) {
    this.cells = cells;
    this.kind = kind(feature);
    TermSettings settings = termsOf(feature);
    this.terms = settings.numbers();
    this.learns = settings.learned();
  }

  /** Returns summaries of an input's fields, in the order of its cells. */
  public static List<FieldSummary> of(List<Feature> features) {
    List<FieldSummary> summaries = new ArrayList<>();
    List<FieldCells> cells = FieldCells.of(features);
    for (Feature feature : features) {
      for (int i = 0; i < feature.fields().size(); i++) {
        summaries.add(new FieldSummary(cells.get(summaries.size()), feature));
      }
    }
    return summaries;
  }

  /** Adds the first raw row of {@code raw}. */
  public void add(float[] raw) {
    int at = cells.column();

    if (RawForm.isMissing(raw, at)) {
      missing++;
    } else if (cells.form() instanceof NumberForm || cells.form() instanceof NumbersForm) {
      for (int i = 0; i < cells.form().numbers(); i++) {
        addNumber(cells.form().read(i, raw, at));
      }
    } else if (!(cells.form() instanceof TimeForm)) {
      addTerms(raw, at);
    }
  }

  public String field() {
    return cells.field();
  }

  /** Returns the type of the feature, as the settings name it. */
  public String kind() {
    return kind;
  }

  /** Returns the smallest number; NaN if there was none. */
  public double least() {
    return numbers == 0 ? Double.NaN : least;
  }

  /** Returns the largest number; NaN if there was none. */
  public double most() {
    return numbers == 0 ? Double.NaN : most;
  }

  /** Returns whether a number field had several values that cannot be told apart. */
  public boolean isIndistinct() {
    if (!(cells.form() instanceof NumberForm) || numbers < 2) {
      return false;
    }
    double size = Math.max(Math.abs(least), Math.abs(most));
    return cells.form().width() == 1
        ? Precision.isLost(least, most)
        : most - least <= Precision.ROUNDING * size;
  }

  public double mean() {
    return sum / numbers;
  }

  /** Returns how many rows had no value. */
  public long missing() {
    return missing;
  }

  /** Returns how many terms were not in the vocabulary. */
  public long unknown() {
    return unknown;
  }

  private void addNumber(double number) {
    numbers++;
    sum += number;
    least = Math.min(least, number);
    most = Math.max(most, number);
  }

  private void addTerms(float[] raw, int at) {
    for (int i = 0; i < cells.form().width(); i += Term.CELLS) {
      if (raw[at + i] >= 0) {
        long term = Term.read(raw, at + i);
        if (learns) {
          terms.learn(term);
        }
        unknown += terms.numberOf(term) == 0 ? 1 : 0;
      }
    }
  }

  private static String kind(Feature feature) {
    String name =
        feature.getClass().getSimpleName().toLowerCase(Locale.ROOT).replace("feature", "");
    return feature instanceof VectorFeature vector && vector.isImage() ? "image" : name;
  }

  private static TermSettings termsOf(Feature feature) {
    if (feature instanceof CategoryFeature category) {
      return category.terms();
    }
    return feature instanceof TextFeature text
        ? text.terms()
        : new TermSettings(List.of(), 1, false);
  }
}
