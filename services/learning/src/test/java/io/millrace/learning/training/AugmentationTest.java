package io.millrace.learning.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.learning.model.ExampleBatch;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.learning.state.State;
import io.millrace.settings.InvalidSettingsException;
import io.millrace.settings.Section;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AugmentationTest {
  private static final int ROWS = 200;

  @Test
  void gaussianNoise_onZeros_hasItsStandardDeviation() {
    float[] seen = augmented(vector(), Map.of("gaussian_noise", 0.5), new float[ROWS * 9]);

    double sum = 0;
    for (float value : seen) {
      sum += value * value;
    }
    assertThat(Math.sqrt(sum / seen.length)).isCloseTo(0.5, within(0.03));
  }

  @Test
  void featureDropout_onOnes_leavesItsShareAsZeros() {
    float[] ones = new float[ROWS * 9];
    Arrays.fill(ones, 1);

    float[] seen = augmented(vector(), Map.of("feature_dropout", 0.25), ones);

    double sum = 0;
    for (float value : seen) {
      assertThat(value).isIn(0f, 1f);
      sum += value;
    }
    assertThat(sum / seen.length).isCloseTo(0.75, within(0.04));
  }

  @Test
  void shiftAndFlip_image_movesWholePixels() {
    // Given: three columns of numbers that rise from left to right
    float[] images = new float[ROWS * 9];
    for (int i = 0; i < images.length; i++) {
      images[i] = i % 3;
    }

    // When
    float[] seen = augmented(image(), Map.of("shift", 1, "flip", true), images);

    // Then: every row of an image is shifted by 0, 1 or 2, or mirrored
    boolean mirrored = false;
    boolean moved = false;
    for (int i = 0; i < seen.length; i += 3) {
      List<Float> pixels = List.of(seen[i], seen[i + 1], seen[i + 2]);
      assertThat(pixels)
          .isIn(
              List.of(0f, 1f, 2f),
              List.of(0f, 0f, 1f),
              List.of(1f, 2f, 2f),
              List.of(2f, 1f, 0f),
              List.of(2f, 2f, 1f),
              List.of(1f, 0f, 0f));
      mirrored |= pixels.get(0) > pixels.get(2);
      moved |= pixels.get(0).equals(pixels.get(1));
    }
    assertThat(mirrored).isTrue();
    assertThat(moved).isTrue();
  }

  @Test
  void mixup_twoRecords_mixesInputsAndTargetsAlike() {
    // Given
    ModelDefinition model = vector();
    Augmentation augmentation = augmentation(model, Map.of("mixup", 1));
    ExampleBatch batch = new ExampleBatch(ROWS, model.inputWidths(), model.targetWidths());
    float[][] seen = model.networkInputs(ROWS);
    for (int row = 0; row < ROWS; row++) {
      batch.target(0)[row] = row;
      seen[0][row * 9] = row;
    }

    // When
    float[][] targets = augmentation.apply(seen, batch, ROWS);

    // Then
    boolean mixed = false;
    for (int row = 0; row < ROWS; row++) {
      assertThat(targets[0][row]).isEqualTo(seen[0][row * 9]).isBetween(0f, ROWS - 1f);
      assertThat(batch.target(0)[row]).isEqualTo(row);
      mixed |= targets[0][row] != row;
    }
    assertThat(mixed).isTrue();
  }

  @Test
  void restore_inTheMiddle_goesOnAlike() {
    // Given
    ModelDefinition model = vector();
    Map<String, Object> options = Map.of("gaussian_noise", 1, "mixup", 0.2);
    Augmentation uninterrupted = augmentation(model, options);
    Augmentation restored = augmentation(model, options);
    ExampleBatch batch = new ExampleBatch(ROWS, model.inputWidths(), model.targetWidths());
    uninterrupted.apply(model.networkInputs(ROWS), batch, 7);
    State state = new State();
    uninterrupted.save(state);

    // When
    restored.restore(State.of(new HashMap<>(state.entries())));
    float[][] first = model.networkInputs(ROWS);
    float[][] second = model.networkInputs(ROWS);
    uninterrupted.apply(first, batch, ROWS);
    restored.apply(second, batch, ROWS);

    // Then
    assertThat(second[0]).containsExactly(first[0]);
    float[][] third = model.networkInputs(ROWS);
    restored.apply(third, batch, ROWS);
    assertThat(third[0]).isNotEqualTo(first[0]);
  }

  @Test
  void mixup_ofClassesByIndex_isRefused() {
    Section root = Section.root(document(Map.of("fields", List.of("a")), true, Map.of("mixup", 1)));
    TrainingSettings.read(root.section("training"), ModelDefinition.read(root));

    assertThatThrownBy(root::finish)
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("training.augmentation.mixup");
  }

  private static float[] augmented(
      ModelDefinition model, Map<String, Object> options, float[] values) {
    float[][] seen = {values.clone()};
    ExampleBatch batch = new ExampleBatch(ROWS, model.inputWidths(), model.targetWidths());
    augmentation(model, options).apply(seen, batch, ROWS);
    return seen[0];
  }

  private static Augmentation augmentation(ModelDefinition model, Map<String, Object> options) {
    Map<String, Object> document = new HashMap<>(model.tree());
    document.put("training", Map.of("augmentation", options));
    TrainingSettings settings =
        TrainingSettings.read(Section.root(document).section("training"), model);
    return new Augmentation(model, settings.augmentation().orElseThrow(), 1, ROWS);
  }

  private static ModelDefinition vector() {
    return ModelDefinition.read(Section.root(document(Map.of("size", 9), false, Map.of())));
  }

  private static ModelDefinition image() {
    Map<String, Object> image = Map.of("field", "i", "type", "image", "shape", List.of(3, 3, 1));
    return ModelDefinition.read(
        Section.root(document(Map.of("features", List.of(image)), false, Map.of())));
  }

  private static Map<String, Object> document(
      Map<String, Object> input, boolean classes, Map<String, Object> augmentation) {
    return Map.of(
        "inputs", Map.of("x", input),
        "outputs", Map.of("y", classes ? Map.of("classes", List.of("p", "q")) : Map.of()),
        "network", Map.of("layers", List.of(Map.of("type", "dense", "units", classes ? 2 : 1))),
        "training", Map.of("augmentation", augmentation));
  }
}
