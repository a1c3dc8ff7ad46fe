package io.millrace.cli.scores;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.client.Output;
import io.millrace.learning.model.OutputSettings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PredictionTextTest {
  private static final OutputSettings CLASSES =
      Outputs.output(Map.of("classes", List.of("no", "yes")));
  private static final OutputSettings NUMBER = Outputs.output(Map.of());

  @Test
  void brief_classes_nameTheLikeliest() {
    Output output = new Output(new float[] {0.75f, 0.25f, 0.1f, 0.9f}, 2);

    assertThat(PredictionText.brief(CLASSES, output, 0)).isEqualTo("no (0.750)");
    assertThat(PredictionText.brief(CLASSES, output, 1)).isEqualTo("yes (0.900)");
  }

  @Test
  void brief_oneUnitForTwoClasses_isTheProbabilityOfTheSecond() {
    Output output = new Output(new float[] {0.75f}, 1);

    assertThat(PredictionText.brief(CLASSES, output, 0)).isEqualTo("yes (0.750)");
    assertThat(PredictionText.probabilities(CLASSES, output, 0)).isEqualTo("yes 0.750  no 0.250");
  }

  @Test
  void brief_oneLogitForTwoClasses_isTheSecondAboveZero() {
    OutputSettings logits =
        Outputs.output(
            Map.of(
                "classes",
                List.of("no", "yes"),
                "loss",
                Map.of("type", "binary_crossentropy", "from_logits", true)));
    Output output = new Output(new float[] {0.25f, -2}, 2);

    assertThat(PredictionText.brief(logits, output, 0)).isEqualTo("yes (0.250)");
    assertThat(PredictionText.brief(logits, output, 1)).isEqualTo("no (2.000)");
  }

  @Test
  void probabilities_tinyOnes_areCounted() {
    Output output = new Output(new float[] {0.9999f, 0.0001f}, 1);

    assertThat(PredictionText.probabilities(CLASSES, output, 0))
        .isEqualTo("no 1.000  (1 others below 0.0005)");
  }

  @Test
  void brief_number_isItself() {
    assertThat(PredictionText.brief(NUMBER, new Output(new float[] {17.25f}, 1), 0))
        .isEqualTo("17.25");
  }
}
