package io.millrace.learning.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.learning.losses.Loss;
import io.millrace.learning.losses.Losses;
import io.millrace.settings.Section;

/** A loss of one batch and its gradient. */
final class GoldenLosses implements GoldenKind {

  @Override
  public void check(JsonNode golden) {
    Section section = GoldenTensor.section(golden.path("loss"));
    Loss loss = Losses.read(section);
    section.finish();
    GoldenTensor prediction = GoldenTensor.of(golden.path("prediction"));
    GoldenTensor target = GoldenTensor.of(golden.path("target"));
    float[] gradient = new float[prediction.data().length];

    double value =
        loss.evaluate(
            prediction.data(),
            target.data(),
            null,
            prediction.rowsOfLastAxis(),
            prediction.lastAxis(),
            new float[prediction.rowsOfLastAxis()],
            gradient);

    double expected = golden.path("value").asDouble();
    assertThat(value).isCloseTo(expected, within(Math.max(1e-5, 1e-4 * Math.abs(expected))));
    GoldenTensor.of(golden.path("gradient")).assertCloseTo("gradient", gradient, 1e-4, 1e-5);
  }
}
