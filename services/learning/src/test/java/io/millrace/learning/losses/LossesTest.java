package io.millrace.learning.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.millrace.settings.InvalidSettingsException;
import io.millrace.settings.Section;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LossesTest {

  @Test
  void named_unknownName_saysWhichThereAre() {
    assertThatExceptionOfType(InvalidSettingsException.class)
        .isThrownBy(() -> Losses.named("squared"))
        .withMessageContaining("mean_squared_error");
  }

  @Test
  void row_certainAndWrong_isClippedAsInKeras() {
    Loss loss = Losses.named("binary_crossentropy");

    double value = loss.row(new float[] {1}, new float[] {0}, 0, 1, null);

    // the logarithm of 1 minus the float nearest to 1 - 1e-7
    assertThat(value).isCloseTo(-Math.log(1.1920929e-7), within(1e-6));
  }

  @Test
  void row_targetThatIsNoClass_isRefused() {
    Loss loss = Losses.named("sparse_categorical_crossentropy");
    float[] predictions = {0.5f, 0.5f};

    for (float target : new float[] {-1, 2, 0.5f, Float.NaN}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> loss.row(predictions, new float[] {target}, 0, 2, null))
          .withMessageContaining("2 classes");
    }
  }

  @Test
  void read_classWeightsForOtherClasses_isAProblem() {
    Section section =
        Section.root(
            Map.of("type", "sparse_categorical_crossentropy", "class_weight", List.of(1, 4)));
    Losses.read(section, 3);

    assertThatExceptionOfType(InvalidSettingsException.class)
        .isThrownBy(section::finish)
        .withMessageContaining("class_weight");
  }

  @Test
  void evaluate_classWeights_scaleValueAndGradient() {
    Loss plain = Losses.named("binary_crossentropy");
    Section section =
        Section.root(Map.of("type", "binary_crossentropy", "class_weight", List.of(1, 4)));
    Loss weighted = Losses.read(section);
    section.finish();
    float[] predictions = {0.25f, 0.25f};
    float[] targets = {0, 1};
    float[] plainGradient = new float[2];
    float[] weightedGradient = new float[2];

    for (int row = 0; row < 2; row++) {
      float weight = row == 0 ? 1 : 4;
      double value = plain.row(predictions, targets, row, 1, plainGradient);

      assertThat(weighted.row(predictions, targets, row, 1, weightedGradient))
          .isEqualTo(weight * value);
      assertThat(weightedGradient[row]).isEqualTo(weight * plainGradient[row]);
    }
  }
}
