package io.millrace.learning.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.learning.metrics.Metric;
import io.millrace.learning.metrics.MetricDefinition;
import io.millrace.learning.metrics.Metrics;
import io.millrace.learning.metrics.OutputShape;
import io.millrace.settings.Section;

/** A metric over several batches. */
final class GoldenMetrics implements GoldenKind {

  @Override
  public void check(JsonNode golden) {
    Section section = GoldenTensor.section(golden.path("metric"));
    MetricDefinition definition = Metrics.read(section);
    section.finish();
    JsonNode first = golden.path("batches").path(0);
    Metric metric =
        definition.create(
            new OutputShape(
                GoldenTensor.of(first.path("prediction")).lastAxis(),
                GoldenTensor.of(first.path("target")).lastAxis()));

    for (JsonNode batch : golden.path("batches")) {
      GoldenTensor prediction = GoldenTensor.of(batch.path("prediction"));
      GoldenTensor target = GoldenTensor.of(batch.path("target"));
      metric.update(prediction.data(), target.data(), null, prediction.rowsOfLastAxis());
    }

    double expected = golden.path("value").asDouble();
    assertThat(metric.value())
        .isCloseTo(expected, within(Math.max(1e-5, 1e-4 * Math.abs(expected))));
  }
}
