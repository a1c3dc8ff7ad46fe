package io.millrace.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Gauge;
import io.millrace.learning.Counts;
import io.millrace.learning.Phase;
import io.millrace.learning.Progress;
import io.millrace.learning.RivalProgress;
import io.millrace.runtime.management.Metrics;
import io.millrace.trainer.control.ControlStatus;
import io.millrace.trainer.training.TrainerProgress;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class RivalMetricsTest {
  @AutoClose private final Metrics metrics = new Metrics("m");
  private TrainerProgress newest = TrainerProgress.NONE;
  private final RivalMetrics rivals = new RivalMetrics(metrics.registry(), () -> newest);

  @Test
  void measured_rivals_haveSeriesForAsLongAsTheyAreThere() {
    assertThat(shown("share")).isEmpty();

    measure(rival("fast", 0.75, 0.5), rival("slow", 0.25, Double.NaN));

    assertThat(shown("share")).containsOnly(Map.entry("fast", 0.75), Map.entry("slow", 0.25));
    assertThat(shown("loss")).containsOnly(Map.entry("fast", 0.5), Map.entry("slow", Double.NaN));
    assertThat(shown("learning.rate")).containsEntry("fast", 0.125);

    measure(rival("fast", 0.875, 0.5), rival("fast-2", 0.125, 0.5));

    assertThat(shown("share")).containsOnly(Map.entry("fast", 0.875), Map.entry("fast-2", 0.125));
    assertThat(shown("loss")).containsOnlyKeys("fast", "fast-2");
  }

  /** Returns the series of a gauge by their rivals. */
  private Map<String, Double> shown(String gauge) {
    return metrics.registry().find("millrace.trainer.rival." + gauge).gauges().stream()
        .collect(
            Collectors.toMap(
                each -> Objects.requireNonNull(each.getId().getTag("rival")), Gauge::value));
  }

  private void measure(RivalProgress... present) {
    newest =
        new TrainerProgress(
            new Progress(
                Counts.ZERO, Phase.TRAINING, 0, 0, 1, 0, 0, Map.of(), Map.of(), List.of(present)),
            ControlStatus.NONE,
            1,
            0,
            0,
            0,
            0,
            0,
            Map.of(),
            List.of(),
            Map.of());
    rivals.measured(newest);
  }

  private static RivalProgress rival(String name, double share, double loss) {
    return new RivalProgress(name, share, loss, 0.125, 0, "");
  }
}
