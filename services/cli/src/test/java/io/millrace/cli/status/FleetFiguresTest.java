package io.millrace.cli.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

class FleetFiguresTest {
  @Test
  void read_metricsOfAFleet_areFiguresByNameAndOutcome() {
    String metrics =
        """
        # TYPE millrace_fleet_models gauge
        millrace_fleet_models{model="shops"} 12345.0
        # TYPE millrace_fleet_records_total counter
        millrace_fleet_records_total{model="shops",outcome="learned"} 1.0E7
        millrace_fleet_records_total{model="shops",outcome="held_out"} 8.0
        millrace_fleet_aged_out_total{model="shops"} 3.0
        millrace_other_total{model="shops"} 9.0
        """;

    assertThat(FleetFigures.read(metrics))
        .isEqualTo(
            new JsonObject()
                .put("models", 12_345L)
                .put("learned", 10_000_000L)
                .put("held_out", 8L)
                .put("aged_out", 3L));
  }
}
