package io.millrace.benchmarks.drift;

import io.millrace.learning.Learner;
import io.millrace.learning.LearningEvent;
import io.millrace.learning.LearningEvent.DriftDetected;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Compares stopping, drift detection and retraining with never stopping. */
@Command(
    name = "closed-loop",
    description = {
      "Learns a million records with eight drifts, once stopping when nothing is gained and starting",
      "again on a drift, once without ever stopping, and prints both accuracies before training and",
      "the steps. Exits with 1 where the loop is more than 0.3 points behind or takes more than half",
      "of the steps."
    },
    mixinStandardHelpOptions = true)
public final class ClosedLoopCommand implements Callable<Integer> {
  private static final double POINTS_BEHIND = 0.3;
  private static final double SHARE_OF_STEPS = 0.5;

  @Option(
      names = "--streams",
      split = ",",
      paramLabel = "NAME",
      description = "which of the streams of closed-loop.yaml (default: all)")
  private List<String> streams = new ArrayList<>();

  @Option(
      names = "--seeds",
      paramLabel = "N",
      defaultValue = "3",
      description = "runs, each on a stream of another seed (default: ${DEFAULT-VALUE})")
  private int seeds;

  @Option(
      names = "--picture",
      paramLabel = "FILE",
      description = "writes the curves of the first stream's first run there, as SVG")
  private @Nullable Path picture;

  private final Map<String, Map<String, Object>> document = Yaml.sections("closed-loop.yaml");

  @Override
  public Integer call() throws IOException {
    boolean reached = true;
    for (String name : section("streams").keySet()) {
      if (streams.isEmpty() || streams.contains(name)) {
        reached &= measure(name);
      }
    }
    return reached ? 0 : 1;
  }

  private boolean measure(String name) throws IOException {
    Map<String, Object> generator = new LinkedHashMap<>(section("drifts"));
    ((Map<?, ?>) Objects.requireNonNull(section("streams").get(name)))
        .forEach((key, value) -> generator.put((String) key, value));
    double loop = 0;
    double never = 0;
    long loopSteps = 0;
    long neverSteps = 0;
    long drifts = 0;
    for (int seed = 1; seed <= seeds; seed++) {
      RecordedStream stream = RecordedStream.of(generator, seed, 1_000_000);
      Run stopping = run(stream, section("settings"));
      Run going = run(stream, neverStopping());
      if (picture != null) {
        Files.writeString(picture, ClosedLoopPicture.of(name, stopping, going, drifts()));
        picture = null;
      }
      loop += 100 * stopping.curve().mean() / seeds;
      never += 100 * going.curve().mean() / seeds;
      loopSteps += stopping.steps();
      neverSteps += going.steps();
      drifts += stopping.detected().size();
    }
    double share = (double) loopSteps / neverSteps;
    System.out.println(
        String.format(
            Locale.ROOT,
            "stream=%s accuracy=%.2f%% never_stopping=%.2f%% difference=%+.2f share_of_steps=%.2f "
                + "drifts_detected=%.1f of 8, %d seeds",
            name,
            loop,
            never,
            loop - never,
            share,
            (double) drifts / seeds,
            seeds));
    return never - loop <= POINTS_BEHIND && share <= SHARE_OF_STEPS;
  }

  private Map<String, Object> neverStopping() {
    Map<String, Object> settings = new LinkedHashMap<>(section("settings"));
    settings.put("validation", Map.of());
    settings.put("callbacks", Map.of("reduce_lr_on_plateau", Map.of()));
    return settings;
  }

  private List<Integer> drifts() {
    return ((List<?>) Objects.requireNonNull(section("drifts").get("drift_at")))
        .stream().map(Integer.class::cast).toList();
  }

  private Map<String, Object> section(String name) {
    return Objects.requireNonNull(document.get(name));
  }

  private static Run run(RecordedStream stream, Map<String, Object> settings) {
    List<Long> detected = new ArrayList<>();
    Learner learner = DefaultLearner.of(stream, settings, event -> note(event, detected));
    AccuracyCurve curve = AccuracyCurve.of(stream, learner);
    return new Run(curve, learner.progress().counts().steps(), detected);
  }

  private static void note(LearningEvent event, List<Long> detected) {
    if (event instanceof DriftDetected drift) {
      detected.add(drift.records());
    }
  }

  /**
   * The result of a run.
   *
   * @param detected the numbers of scored records at which drifts were detected
   */
  record Run(AccuracyCurve curve, long steps, List<Long> detected) {}
}
