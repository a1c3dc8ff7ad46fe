package io.millrace.benchmarks.drift;

import io.millrace.learning.Learner;
import io.millrace.settings.Section;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures prequential accuracy (each record is scored before it is trained) and speed, on the
 * standard streams of the literature.
 */
@Command(
    name = "prequential",
    description = {
      "Trains the default configuration on generated streams, each record scored before it is",
      "trained, a tenth held out, and prints the accuracy beside the bar, and the records a second",
      "of one thread, records being in memory. Exits with 1 where a mean is below its bar."
    },
    mixinStandardHelpOptions = true)
public final class PrequentialCommand implements Callable<Integer> {
  @Option(
      names = "--streams",
      split = ",",
      paramLabel = "NAME",
      description = "which of the streams of streams.yaml (default: all)")
  private List<String> streams = new ArrayList<>();

  @Option(
      names = "--records",
      paramLabel = "N",
      defaultValue = "100000",
      description = "records of a stream (default: ${DEFAULT-VALUE})")
  private int records;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      defaultValue = "5",
      description = "runs, each on a stream of another seed (default: ${DEFAULT-VALUE})")
  private int seeds;

  @Override
  public Integer call() {
    boolean reached = true;
    for (Map.Entry<String, Map<String, Object>> each : Yaml.sections("streams.yaml").entrySet()) {
      if (streams.isEmpty() || streams.contains(each.getKey())) {
        reached &= measure(each.getKey(), Section.root(each.getValue()));
      }
    }
    return reached ? 0 : 1;
  }

  private boolean measure(String name, Section section) {
    double bar = section.decimal("bar", "accuracy to reach, in %").required();
    Map<String, Object> generator = section.section("generator").tree();
    List<Run> runs =
        IntStream.rangeClosed(1, seeds)
            .mapToObj(seed -> run(RecordedStream.of(generator, seed, records)))
            .toList();
    double[] accuracies = runs.stream().mapToDouble(Run::accuracy).toArray();
    double mean = Arrays.stream(accuracies).average().orElseThrow();
    System.out.println(
        String.format(
            Locale.ROOT,
            "stream=%s accuracy=%.2f%% (%.2f..%.2f of %d seeds) bar=%.1f%% "
                + "records_per_second=%.0f steps=%d drifts=%d",
            name,
            mean,
            Arrays.stream(accuracies).min().orElseThrow(),
            Arrays.stream(accuracies).max().orElseThrow(),
            seeds,
            bar,
            runs.stream()
                .mapToDouble(Run::recordsPerSecond)
                .sorted()
                .skip(seeds / 2)
                .findFirst()
                .orElseThrow(),
            runs.get(0).learner().progress().counts().steps(),
            runs.get(0).learner().progress().drifts()));
    return mean >= bar;
  }

  private static Run run(RecordedStream stream) {
    Learner learner = DefaultLearner.of(stream, Map.of(), event -> {});
    long begin = System.nanoTime();
    AccuracyCurve curve = AccuracyCurve.of(stream, learner);
    double seconds = (System.nanoTime() - begin) / 1e9;
    return new Run(learner, 100 * curve.mean(), stream.size() / seconds);
  }

  private record Run(Learner learner, double accuracy, double recordsPerSecond) {}
}
