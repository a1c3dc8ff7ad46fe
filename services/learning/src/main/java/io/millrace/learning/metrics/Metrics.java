package io.millrace.learning.metrics;

import io.millrace.learning.losses.Loss;
import io.millrace.learning.losses.Losses;
import io.millrace.learning.metrics.MeanOfRows.RowScore;
import io.millrace.settings.Section;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** The metrics by Keras' names. Every loss is also a metric, under its own name. */
public final class Metrics {
  private static final Map<String, String> KERAS_SHORT_NAMES =
      Map.of(
          "mae", "mean_absolute_error",
          "mape", "mean_absolute_percentage_error",
          "mse", "mean_squared_error",
          "msle", "mean_squared_logarithmic_error");

  private static final Map<String, Function<Section, Function<OutputShape, Metric>>> SCORES =
      new TreeMap<>();
  private static final Map<String, Function<Section, Function<OutputShape, Metric>>> ERRORS =
      new TreeMap<>();

  static {
    SCORES.put("accuracy", section -> rows(Accuracies::fitting));
    SCORES.put("binary_accuracy", Metrics::binaryAccuracy);
    SCORES.put("categorical_accuracy", section -> rows(Accuracies::categorical));
    SCORES.put("sparse_categorical_accuracy", section -> rows(Accuracies::categorical));
    SCORES.put("top_k_categorical_accuracy", Metrics::topK);
    SCORES.put("sparse_top_k_categorical_accuracy", Metrics::topK);
    SCORES.put("precision", section -> classScore(section, ClassScore.Kind.PRECISION));
    SCORES.put("recall", section -> classScore(section, ClassScore.Kind.RECALL));
    SCORES.put("f1_score", section -> classScore(section, ClassScore.Kind.F1));
    SCORES.put("confusion_matrix", section -> ConfusionMatrix::new);
    SCORES.put("cohen_kappa", Metrics::cohenKappa);
    SCORES.put("roc_auc", section -> ranking(RankingCurve.ROC));
    SCORES.put("average_precision", section -> ranking(RankingCurve.PRECISION_RECALL));
    SCORES.put("r2_score", Metrics::coefficientOfDetermination);
    ERRORS.put("log_loss", section -> Metrics::logLoss);
    ERRORS.put("calibration_error", Metrics::calibrationError);
    ERRORS.put("root_mean_squared_error", section -> Metrics::rootMeanSquaredError);
    Losses.names().forEach(name -> ERRORS.put(name, Metrics::loss));
    KERAS_SHORT_NAMES.forEach((name, loss) -> ERRORS.put(name, section -> error(loss)));
  }

  private enum Aggregation {
    UNIFORM_AVERAGE,
    VARIANCE_WEIGHTED_AVERAGE
  }

  private Metrics() {}

  /** Returns the names, sorted. */
  public static List<String> names() {
    Map<String, Object> all = new TreeMap<>(SCORES);
    all.putAll(ERRORS);
    return List.copyOf(all.keySet());
  }

  /** Returns whether the highest value of the metric of that name is the best. */
  public static boolean isHigherBetter(String name) {
    return SCORES.containsKey(name);
  }

  /** Reads a metric from a section with its {@code type} and options. */
  public static MetricDefinition read(Section section) {
    String type =
        section
            .text("type", "what is measured")
            .check("one of " + String.join(", ", names()), name -> names().contains(name))
            .required();
    Function<Section, Function<OutputShape, Metric>> reader =
        SCORES.getOrDefault(type, ERRORS.getOrDefault(type, none -> rows(Accuracies::fitting)));
    String name = section.text("name", "what the metric is shown as").orElse(type);
    return new MetricDefinition(name, reader.apply(section));
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
