package io.millrace.benchmarks.drift;

import io.millrace.learning.Learner;
import io.millrace.learning.Progress;
import io.millrace.learning.model.Rival;
import io.millrace.settings.Section;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
      "of one thread, records being in memory. Exits with 1 where a mean is below its bar.",
      "With --rivals, the same of `rivals: auto`, and of each rival alone."
    },
    mixinStandardHelpOptions = true)
public final class PrequentialCommand implements Callable<Integer> {
  private static final double TOLERATED = 0.1;

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

  @Option(
      names = "--rivals",
      description = "train eight learners together, and each of them alone to compare with")
  private boolean rivals;

  @Option(
      names = "--combine",
      paramLabel = "HOW",
      description = "how rivals are combined: hedge, pick or average (default: that of settings)")
  private Optional<String> combine = Optional.empty();

  @Option(
      names = "--memory",
      paramLabel = "N",
      description = "memory of the combination, in records (default: that of settings)")
  private Optional<Integer> memory = Optional.empty();

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "1",
      description = "threads that train (default: ${DEFAULT-VALUE})")
  private int threads;

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
    List<RecordedStream> recorded = recorded(section.section("generator").tree());
    double bar = section.decimal("bar", "accuracy to reach, in %").required();
    double rivalsBar = section.decimal("rivals_bar", "accuracy of rivals to reach").required();
    if (!rivals) {
      return measure(name, recorded, Map.of(), bar) >= bar;
    }
    double together = measure(name, recorded, Map.of("rivals", together()), rivalsBar);
    double best = bestAlone(name, recorded);
    System.out.println(
        String.format(
            Locale.ROOT, "stream=%s together=%.2f%% best_alone=%.2f%%", name, together, best));
    return together >= Math.max(rivalsBar, best - TOLERATED);
  }

  private List<RecordedStream> recorded(Map<String, Object> generator) {
    return IntStream.rangeClosed(1, seeds)
        .mapToObj(seed -> RecordedStream.of(generator, seed, records))
        .toList();
  }

  private Map<String, Object> together() {
    Map<String, Object> section = new HashMap<>(Map.of("learners", "auto"));
    combine.ifPresent(how -> section.put("combine", how));
    memory.ifPresent(number -> section.put("memory", number));
    return section;
  }

  private double bestAlone(String name, List<RecordedStream> recorded) {
    double best = 0;
    for (Rival rival : DefaultLearner.rivals(recorded.get(0))) {
      Map<String, Object> changes = DefaultLearner.alone(recorded.get(0), rival);
      best = Math.max(best, measure(name + "/" + rival.name(), recorded, changes, 0));
    }
    return best;
  }

  /** Prints and returns the mean accuracy over the seeds, in %. */
  private double measure(
      String name, List<RecordedStream> recorded, Map<String, Object> changes, double bar) {
    List<Run> runs = recorded.stream().map(stream -> run(stream, changes)).toList();
    double[] accuracies = runs.stream().mapToDouble(Run::accuracy).toArray();
    double mean = Arrays.stream(accuracies).average().orElseThrow();
    Progress progress = runs.get(0).learner().progress();
    System.out.println(
        String.format(
            Locale.ROOT,
            "stream=%s accuracy=%.2f%% (%.2f..%.2f of %d seeds) bar=%.2f%% "
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
            progress.counts().steps(),
            progress.drifts()));
    return mean;
  }

  private Run run(RecordedStream stream, Map<String, Object> changes) {
    Map<String, Object> threaded = new HashMap<>(changes);
    Map<String, Object> training = new HashMap<>(Map.of("threads", threads));
    if (changes.get("training") instanceof Map<?, ?> given) {
      given.forEach((key, value) -> training.put(String.valueOf(key), value));
    }
    threaded.put("training", training);
    Learner learner = DefaultLearner.of(stream, threaded, event -> {});
    long begin = System.nanoTime();
    AccuracyCurve curve = AccuracyCurve.of(stream, learner);
    double seconds = (System.nanoTime() - begin) / 1e9;
    return new Run(learner, 100 * curve.mean(), stream.size() / seconds);
  }

  private record Run(Learner learner, double accuracy, double recordsPerSecond) {}
}
