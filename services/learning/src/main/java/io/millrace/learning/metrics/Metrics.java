package io.millrace.learning.metrics;

import io.millrace.learning.losses.Loss;
import io.millrace.learning.losses.Losses;
import io.millrace.learning.metrics.MeanOfRows.RowScore;
import io.millrace.settings.Registry;
import io.millrace.settings.Section;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The metrics by Keras' names. Every loss is also a metric, under its own name. */
public final class Metrics {
  private static final Map<String, String> KERAS_SHORT_NAMES =
      Map.of(
          "mae", "mean_absolute_error",
          "mape", "mean_absolute_percentage_error",
          "mse", "mean_squared_error",
          "msle", "mean_squared_logarithmic_error");

  private static final Registry<Function<Section, Function<OutputShape, Metric>>> BY_NAME =
      new Registry<>("type", "what is measured", "accuracy");

  /** Those whose highest value is the best; of the others it is the lowest. */
  private static final Set<String> SCORES = new HashSet<>();

  static {
    putScore("accuracy", section -> rows(Accuracies::fitting));
    putScore("binary_accuracy", Metrics::binaryAccuracy);
    putScore("categorical_accuracy", section -> rows(Accuracies::categorical));
    putScore("sparse_categorical_accuracy", section -> rows(Accuracies::categorical));
    putScore("top_k_categorical_accuracy", Metrics::topK);
    putScore("sparse_top_k_categorical_accuracy", Metrics::topK);
    putScore("precision", section -> classScore(section, ClassScore.Kind.PRECISION));
    putScore("recall", section -> classScore(section, ClassScore.Kind.RECALL));
    putScore("f1_score", section -> classScore(section, ClassScore.Kind.F1));
    putScore("confusion_matrix", section -> ConfusionMatrix::new);
    putScore("cohen_kappa", Metrics::cohenKappa);
    putScore("roc_auc", section -> ranking(RankingCurve.ROC));
    putScore("average_precision", section -> ranking(RankingCurve.PRECISION_RECALL));
    putScore("r2_score", Metrics::coefficientOfDetermination);
    BY_NAME.put("log_loss", section -> Metrics::logLoss);
    BY_NAME.put("calibration_error", Metrics::calibrationError);
    BY_NAME.put("root_mean_squared_error", section -> Metrics::rootMeanSquaredError);
    Losses.names().forEach(name -> BY_NAME.put(name, Metrics::loss));
    KERAS_SHORT_NAMES.forEach((name, loss) -> BY_NAME.put(name, section -> error(loss)));
  }

  private enum Aggregation {
    UNIFORM_AVERAGE,
    VARIANCE_WEIGHTED_AVERAGE
  }

  private Metrics() {}

  /** Returns the names, sorted. */
  public static List<String> names() {
    return BY_NAME.names();
  }

  /** Returns whether the highest value of the metric of that name is the best. */
  public static boolean isHigherBetter(String name) {
    return SCORES.contains(name);
  }

  /** Reads a metric from a section with its {@code type} and options. */
  public static MetricDefinition read(Section section) {
    String type = BY_NAME.name(section);
    String name = section.text("name", "name under which the metric is reported").orElse(type);
    return new MetricDefinition(name, BY_NAME.named(type).apply(section));
  }

  private static void putScore(
      String name, Function<Section, Function<OutputShape, Metric>> reader) {
    BY_NAME.put(name, reader);
    SCORES.add(name);
  }

  private static Function<OutputShape, Metric> rows(Function<OutputShape, RowScore> score) {
    return shape -> new MeanOfRows(score.apply(shape));
  }

  private static Function<OutputShape, Metric> loss(Section section) {
    Loss loss = Losses.read(section);
    return shape -> new MeanOfRows(rowLoss(loss, shape));
  }

  private static Function<OutputShape, Metric> error(String loss) {
    return shape -> new MeanOfRows(rowLoss(Losses.named(loss), shape));
  }

  private static RowScore rowLoss(Loss loss, OutputShape shape) {
    shape.require(
        loss.targetWidth(shape.width()) == shape.targetWidth(), "other targets: see the loss");
    return (predictions, targets, row) -> loss.row(predictions, targets, row, shape.width(), null);
  }

  private static Function<OutputShape, Metric> binaryAccuracy(Section section) {
    double threshold =
        section.decimal("threshold", "probability above which it is a yes").orElse(0.5);
    return rows(shape -> Accuracies.binary(shape, (float) threshold));
  }

  private static Function<OutputShape, Metric> topK(Section section) {
    int k = section.integer("k", "how many of the best guesses count").atLeast(1).orElse(5);
    return rows(
        shape -> {
          shape.require(!shape.isSingle(), "several classes");
          return Accuracies.topK(shape, k);
        });
  }

  private static Function<OutputShape, Metric> classScore(Section section, ClassScore.Kind kind) {
    ClassScore.Options options = ClassScore.Options.read(section, kind);
    return shape -> new ClassScore(shape, options);
  }

  private static Function<OutputShape, Metric> cohenKappa(Section section) {
    CohenKappa.Weights weights =
        section
            .choice("weights", CohenKappa.Weights.class, "what the distance of classes counts")
            .orElse(CohenKappa.Weights.NONE);
    return shape -> new CohenKappa(shape, weights);
  }

  private static Function<OutputShape, Metric> ranking(RankingCurve curve) {
    return shape -> new RankingMetric(shape, curve);
  }

  private static Function<OutputShape, Metric> coefficientOfDetermination(Section section) {
    boolean byVariance =
        section
                .choice(
                    "class_aggregation", Aggregation.class, "how outputs are joined into one score")
                .orElse(Aggregation.UNIFORM_AVERAGE)
            == Aggregation.VARIANCE_WEIGHTED_AVERAGE;
    return shape -> new CoefficientOfDetermination(shape, byVariance);
  }

  private static Function<OutputShape, Metric> calibrationError(Section section) {
    int bins = section.integer("bins", "bins of predicted probability").atLeast(1).orElse(15);
    return shape -> new CalibrationError(shape, bins);
  }

  /** Returns the cross entropy that fits the shape. */
  private static Metric logLoss(OutputShape shape) {
    String categorical =
        shape.isSparse() ? "sparse_categorical_crossentropy" : "categorical_crossentropy";
    String loss = shape.isSingle() ? "binary_crossentropy" : categorical;
    return new MeanOfRows(rowLoss(Losses.named(loss), shape));
  }

  private static Metric rootMeanSquaredError(OutputShape shape) {
    return new MeanOfRows(rowLoss(Losses.named("mean_squared_error"), shape), Math::sqrt);
  }
}
