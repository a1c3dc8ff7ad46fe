package io.millrace.learning.metrics;

import io.millrace.learning.state.State;
import io.millrace.settings.Section;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Precision, recall or F1: the correct share of positive predictions, the found share of actual
 * positives, and the harmonic mean of both.
 *
 * <p>Every class is a binary question of its own. As in Keras, a prediction is positive if it is
 * above the threshold, or without a threshold if it is the largest of its row. Without positive
 * predictions a score is 0. Without positive targets nothing can be measured: the score is NaN and
 * not part of a mean. (Keras has 0.)
 */
final class ClassScore implements Metric {

  /** The score that is computed from the counts of a question. */
  enum Kind {
    PRECISION,
    RECALL,
    F1;

    double of(double truePositives, double falsePositives, double falseNegatives) {
      double wrong =
          switch (this) {
            case PRECISION -> falsePositives;
            case RECALL -> falseNegatives;
            case F1 -> (falsePositives + falseNegatives) / 2;
          };
      if (truePositives == 0) {
        return falseNegatives == 0 ? Double.NaN : 0;
      }
      return truePositives / (truePositives + wrong);
    }
  }

  /** How the scores of several classes are combined. */
  enum Average {
    /** The counts of all classes are added. */
    MICRO,
    /** The mean of the classes' scores. */
    MACRO,
    /** The mean of the classes' scores, weighted by the frequency of each class. */
    WEIGHTED
  }

  /** The options; the defaults of absent ones depend on the shape of the output. */
  record Options(
      Kind kind, Optional<Double> threshold, Optional<Average> average, Optional<Integer> classId) {

    /** Reads the options by Keras' names; the name of the threshold differs between the kinds. */
    static Options read(Section section, Kind kind) {
      String threshold = kind == Kind.F1 ? "threshold" : "thresholds";
      return new Options(
          kind,
          section.decimal(threshold, "probability above which it is a yes").optional(),
          section
              .choice("average", Average.class, "how classes are joined into one score")
              .optional(),
          section.integer("class_id", "the class that alone counts").atLeast(0).optional());
    }
  }

  private final OutputShape shape;
  private final Options options;
  private final double[] truePositives;
  private final double[] falsePositives;
  private final double[] falseNegatives;

  ClassScore(OutputShape shape, Options options) {
    shape.require(options.classId.orElse(0) < shape.width(), "a class_id below the width");
    this.shape = shape;
    this.options = options;
    this.truePositives = new double[shape.width()];
    this.falsePositives = new double[shape.width()];
    this.falseNegatives = new double[shape.width()];
  }

  @Override
  public void update(float[] predictions, float[] targets, float @Nullable [] weights, int rows) {
    boolean thresholded = isThresholded();
    float threshold = options.threshold.orElse(0.5).floatValue();
    for (int row = 0; row < rows; row++) {
      double weight = weights == null ? 1 : weights[row];
      int largest = shape.largest(predictions, row);
      for (int column = 0; column < shape.width(); column++) {
        float prediction = predictions[row * shape.width() + column];
        boolean said = thresholded ? prediction > threshold : column == largest;
        count(column, said, shape.isActual(targets, row, column), weight);
      }
    }
  }

  private void count(int column, boolean said, boolean actual, double weight) {
    if (said && actual) {
      truePositives[column] += weight;
    } else if (said) {
      falsePositives[column] += weight;
    } else if (actual) {
      falseNegatives[column] += weight;
    }
  }

  private boolean isThresholded() {
    boolean byDefault = shape.isSingle() || (options.kind != Kind.F1 && !shape.isSparse());
    return options.threshold.isPresent() || byDefault;
  }

  @Override
  public double value() {
    if (options.classId.isPresent()) {
      return score(options.classId.get());
    }
    Average byDefault = options.kind == Kind.F1 || shape.isSparse() ? Average.MACRO : Average.MICRO;
    return switch (options.average.orElse(byDefault)) {
      case MICRO ->
          options.kind.of(
              Arrays.stream(truePositives).sum(),
              Arrays.stream(falsePositives).sum(),
              Arrays.stream(falseNegatives).sum());
      case MACRO -> mean(false);
      case WEIGHTED -> mean(true);
    };
  }

  private double score(int column) {
    return options.kind.of(truePositives[column], falsePositives[column], falseNegatives[column]);
  }

  private double mean(boolean bySupport) {
    Mean mean = new Mean();
    for (int column = 0; column < shape.width(); column++) {
      double support = truePositives[column] + falseNegatives[column];
      if (support > 0) {
        mean.add(score(column), bySupport ? support : 1);
      }
    }
    return mean.value();
  }

  @Override
  public void reset() {
    Arrays.fill(truePositives, 0);
    Arrays.fill(falsePositives, 0);
    Arrays.fill(falseNegatives, 0);
  }

  @Override
  public void save(State state) {
    state.put("true_positives", truePositives);
    state.put("false_positives", falsePositives);
    state.put("false_negatives", falseNegatives);
  }

  @Override
  public void restore(State state) {
    state.read("true_positives", truePositives);
    state.read("false_positives", falsePositives);
    state.read("false_negatives", falseNegatives);
  }
}
