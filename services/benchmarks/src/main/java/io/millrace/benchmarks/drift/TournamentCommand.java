package io.millrace.benchmarks.drift;

import io.millrace.learning.Learner;
import io.millrace.learning.LearningEvent;
import io.millrace.learning.LearningEvent.FallCause;
import io.millrace.learning.LearningEvent.RivalReplaced;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures what a tournament among rivals gains over rivals that stay. */
@Command(
    name = "tournament",
    description = {
      "Trains `rivals: auto` on streams of 1,000,000 records with eight drifts, with a tournament",
      "and without, and prints both accuracies. Exits with 1 where the mean gain is below 0.3",
      "points."
    },
    mixinStandardHelpOptions = true)
public final class TournamentCommand implements Callable<Integer> {
  private static final double GAIN = 0.3;

  @Option(
      names = "--streams",
      split = ",",
      paramLabel = "NAME",
      description = "which of the streams of closed-loop.yaml (default: all)")
  private List<String> streams = new ArrayList<>();

  @Option(
      names = "--seeds",
      paramLabel = "N",
      defaultValue = "1",
      description = "runs, each on a stream of another seed (default: ${DEFAULT-VALUE})")
  private int seeds;

  @Option(
      names = "--records",
      paramLabel = "N",
      defaultValue = "1000000",
      description = "records of a stream (default: ${DEFAULT-VALUE})")
  private int records;

  @Option(
      names = "--every",
      paramLabel = "N",
      defaultValue = "20000",
      description = "records between two replacements (default: ${DEFAULT-VALUE})")
  private int every;

  @Option(
      names = "--keep",
      paramLabel = "N",
      defaultValue = "7",
      description = "rivals that stay at each of them (default: ${DEFAULT-VALUE})")
  private int keep;

  @Option(
      names = "--explore",
      paramLabel = "P",
      defaultValue = "0.25",
      description = "probability of a newcomer of its own settings (default: ${DEFAULT-VALUE})")
  private double explore;

  private final Map<String, Map<String, Object>> document = Yaml.sections("closed-loop.yaml");

  @Override
  public Integer call() {
    List<Double> gains = new ArrayList<>();
    for (Map.Entry<String, Object> each : section("streams").entrySet()) {
      if (streams.isEmpty() || streams.contains(each.getKey())) {
        for (int seed = 1; seed <= seeds; seed++) {
          gains.add(gain(each.getKey(), RecordedStream.of(generator(each), seed, records), seed));
        }
      }
    }
    double mean = gains.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    System.out.println(String.format(Locale.ROOT, "mean_gain=%+.2f points", mean));
    return mean >= GAIN ? 0 : 1;
  }

  private double gain(String name, RecordedStream stream, int seed) {
    AtomicInteger replaced = new AtomicInteger();
    double fixed = accuracy(stream, Map.of("learners", "auto"), replaced);
    Map<String, Object> tournament = Map.of("every", every, "keep", keep, "explore", explore);
    double changing =
        accuracy(stream, Map.of("learners", "auto", "tournament", tournament), replaced);
    System.out.println(
        String.format(
            Locale.ROOT,
            "stream=%s seed=%d tournament=%.2f%% fixed=%.2f%% gain=%+.2f replaced=%d",
            name,
            seed,
            changing,
            fixed,
            changing - fixed,
            replaced.get()));
    return changing - fixed;
  }

  private static double accuracy(
      RecordedStream stream, Map<String, Object> rivals, AtomicInteger replaced) {
    Learner learner =
        DefaultLearner.of(stream, Map.of("rivals", rivals), event -> note(event, replaced));
    return 100 * AccuracyCurve.of(stream, learner).mean();
  }

  private static void note(LearningEvent event, AtomicInteger replaced) {
    if (event instanceof RivalReplaced replacement
        && replacement.cause() == FallCause.LEAST_WEIGHT) {
      replaced.incrementAndGet();
    }
  }

  /** Returns the generator's settings, whose eight drifts are at the places of the file. */
  private Map<String, Object> generator(Map.Entry<String, Object> stream) {
    Map<String, Object> generator = new LinkedHashMap<>(section("drifts"));
    ((Map<?, ?>) stream.getValue()).forEach((key, value) -> generator.put((String) key, value));
    return generator;
  }

  private Map<String, Object> section(String name) {
    return Objects.requireNonNull(document.get(name));
  }
}
