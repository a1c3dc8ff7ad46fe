package io.millrace.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.learning.Counts;
import io.millrace.learning.Phase;
import io.millrace.learning.Progress;
import io.millrace.proto.events.v1.Diverged;
import io.millrace.proto.events.v1.Evaluation;
import io.millrace.proto.events.v1.TrainingEvent;
import io.millrace.trainer.control.ControlStatus;
import io.millrace.trainer.decoding.shared.Rejected.Reason;
import io.millrace.trainer.training.TrainerProgress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrainerCountersTest {
  private final MeterRegistry registry = new SimpleMeterRegistry();
  private final TrainerCounters counters = new TrainerCounters(registry);

  @Test
  void measured_afterAReturnToACheckpoint_countersNeverShrink() {
    counters.measured(progress(100, 1), progress(150, 2));
    counters.measured(progress(80, 0), progress(120, 1)); // the loop begun at the checkpoint
    counters.measured(progress(120, 1), progress(110, 1));

    assertThat(count("records", "outcome", "trained")).isEqualTo(90);
    assertThat(count("rejections", "reason", "UNDECODABLE")).isEqualTo(2);
  }

  @Test
  void measured_newVersion_setsTheTimeOfTheCheckpoint() {
    assertThat(gauge("last.checkpoint.timestamp.seconds")).isNaN();

    counters.measured(progress(0, 0), progress(1, 0));

    assertThat(gauge("last.checkpoint.timestamp.seconds"))
        .isCloseTo(System.currentTimeMillis() / 1000.0, offset(3600.0));
  }

  @Test
  void published_events_areCountedByWhatHappened() {
    counters.published(
        TrainingEvent.newBuilder()
            .setEvaluation(Evaluation.getDefaultInstance())
            .setTimeMillis(5500)
            .build());
    counters.published(
        TrainingEvent.newBuilder().setDiverged(Diverged.getDefaultInstance()).build());
    counters.published(TrainingEvent.getDefaultInstance()); // of a newer Millrace

    assertThat(count("events", "event", "evaluation")).isEqualTo(1);
    assertThat(count("events", "event", "diverged")).isEqualTo(1);
    assertThat(count("events", "event", "failed")).isZero();
    assertThat(gauge("last.evaluation.timestamp.seconds")).isEqualTo(5.5);
  }

  private double count(String name, String tag, String value) {
    return registry.get("millrace.trainer." + name).tag(tag, value).counter().count();
  }

  private double gauge(String name) {
    return registry.get("millrace.trainer." + name).gauge().value();
  }

  /** A version for each record. */
  private static TrainerProgress progress(long trained, long rejected) {
    Counts counts = new Counts(trained, 0, rejected, 0, 0, 0);
    return new TrainerProgress(
        new Progress(counts, Phase.TRAINING, 0, 0, 1, 0, 0, Map.of(), Map.of(), List.of()),
        ControlStatus.NONE,
        trained,
        0,
        0,
        0,
        0,
        0,
        Map.of(Reason.UNDECODABLE, rejected),
        List.of(),
        Map.of());
  }
}
