package io.millrace.benchmarks.drift;

import io.millrace.learning.Learner;
import io.millrace.learning.LearningEvent;
import io.millrace.learning.LearningEvent.EarlyStopped;
import io.millrace.learning.LearningEvent.Evaluated;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows what the two comparisons of early stopping do on a stream that keeps drifting. */
@Command(
    name = "stopping",
    description = {
      "Learns a hyperplane that rotates on and on, with early stopping by recorded numbers and by",
      "paired comparison, and prints where each stops and the losses at the end."
    },
    mixinStandardHelpOptions = true)
public final class StoppingCommand implements Callable<Integer> {
  private static final Map<String, Object> ROTATING =
      Map.of("type", "hyperplane", "drifting_features", 10, "change", 0.001);

  @Option(
      names = "--picture",
      paramLabel = "FILE",
      description = "writes the losses on the validation window there, as SVG")
  private @Nullable Path picture;

  @Override
  public Integer call() throws IOException {
    RecordedStream stream = RecordedStream.of(ROTATING, 1, 150_000);
    Run paired = run(stream, "paired");
    Run recorded = run(stream, "recorded");
    System.out.println("comparison=paired " + paired);
    System.out.println("comparison=recorded " + recorded);
    if (picture != null) {
      Files.writeString(picture, picture(paired, recorded));
    }
    return 0;
  }

  private static Run run(RecordedStream stream, String comparison) {
    List<Evaluated> evaluations = new ArrayList<>();
    List<Long> stops = new ArrayList<>();
    Map<String, Object> stopping =
        Map.of("comparison", comparison, "patience", 20, "restore_best_weights", true);
    Map<String, Object> changes =
        Map.of(
            "callbacks", Map.of("early_stopping", stopping),
            "drift", Map.of("action", "alert"));
    Learner learner = DefaultLearner.of(stream, changes, event -> note(event, evaluations, stops));
    AccuracyCurve curve = AccuracyCurve.of(stream, learner);
    return new Run(
        evaluations,
        stops.isEmpty() ? OptionalLong.empty() : OptionalLong.of(stops.get(0)),
        curve.points().get(curve.points().size() - 1).accuracy());
  }

  private static void note(LearningEvent event, List<Evaluated> evaluations, List<Long> stops) {
    if (event instanceof Evaluated evaluated) {
      evaluations.add(evaluated);
    } else if (event instanceof EarlyStopped stopped) {
      stops.add(stopped.records());
    }
  }

  private static String picture(Run paired, Run recorded) {
    double[] records = paired.records();
    double best = recorded.best();
    Chart chart =
        new Chart(records[records.length - 1], 0.2, 1.4, 76, 340)
            .grid(0.2, "%.1f")
            .title("Loss on the validation window while a hyperplane rotates");
    recorded.stop().ifPresent(at -> chart.mark(at, "recorded comparison stops"));
    double[] ends = {recorded.bestAt(), records[records.length - 1]};
    chart.line(ends, new double[] {best, best}, Chart.WARNING, 1.6);
    chart.line(recorded.records(), recorded.losses(), Chart.FAINT, 2.2);
    chart.line(records, paired.losses(), Chart.STRONG, 1.6);
    for (int record = 0; record <= 125_000; record += 25_000) {
      chart.words(record, 364, "middle", String.format(Locale.ROOT, "%,d", record));
    }
    return chart
        .legend(
            0, 400, Chart.STRONG, "paired comparison: goes on, since the best weights have aged")
        .legend(480, 400, Chart.FAINT, "recorded: stopped; its best weights age")
        .legend(
            0,
            424,
            Chart.WARNING,
            "the best number recorded until then, which 20 evaluations did not reach")
        .svg(440);
  }

  /**
   * The result of a run.
   *
   * @param accuracy of the newest thousand records, before training
   */
  record Run(List<Evaluated> evaluations, OptionalLong stop, double accuracy) {

    double[] records() {
      return evaluations.stream().mapToDouble(Evaluated::records).toArray();
    }

    double[] losses() {
      return evaluations.stream().mapToDouble(Run::loss).toArray();
    }

    double best() {
      return evaluations.stream()
          .filter(each -> each.records() <= stop.orElse(Long.MAX_VALUE))
          .mapToDouble(Run::loss)
          .min()
          .orElseThrow();
    }

    double bestAt() {
      return evaluations.stream()
          .filter(each -> loss(each) == best())
          .mapToDouble(Evaluated::records)
          .findFirst()
          .orElseThrow();
    }

    @Override
    public String toString() {
      double[] losses = losses();
      return String.format(
          Locale.ROOT,
          "stopped=%s val_loss_at_the_end=%.3f accuracy_at_the_end=%.1f%%",
          stop.isPresent() ? Long.toString(stop.getAsLong()) : "never",
          losses[losses.length - 1],
          100 * accuracy);
    }

    private static double loss(Evaluated evaluated) {
      return Objects.requireNonNull(evaluated.scores().get("val_loss"));
    }
  }
}
