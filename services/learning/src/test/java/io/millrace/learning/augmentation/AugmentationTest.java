package io.millrace.learning.augmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.learning.LearnerSettings;
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
  private static final int TOKENS = 12;

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
  void swapNoise_fields_takeTheirShareFromOtherRecordsAsAWhole() {
    // Given: two numbers, and a category of which exactly one number is 1
    ModelDefinition model = table();
    float[] rows = new float[ROWS * 5];
    for (int row = 0; row < ROWS; row++) {
      rows[row * 5] = row;
      rows[row * 5 + 1] = -row;
      rows[row * 5 + 2 + row % 3] = 1;
    }

    // When
    float[] seen = augmented(model, Map.of("swap_noise", 0.3), rows);

    // Then
    int swapped = 0;
    for (int row = 0; row < ROWS; row++) {
      assertThat(seen[row * 5]).isBetween(0f, ROWS - 1f);
      assertThat(seen[row * 5 + 1]).isBetween(1f - ROWS, 0f);
      assertThat(seen[row * 5 + 2] + seen[row * 5 + 3] + seen[row * 5 + 4]).isEqualTo(1);
      swapped += seen[row * 5] == row ? 0 : 1;
      swapped += seen[row * 5 + 1] == -row ? 0 : 1;
    }
    assertThat(swapped / (2.0 * ROWS)).isCloseTo(0.3, within(0.06));
  }

  @Test
  void randomDeletion_tokens_leavesTheOthersInOrderAndOneAtLeast() {
    float[] seen = augmented(text(), Map.of("random_deletion", 0.4), texts());

    int kept = 0;
    for (int row = 0; row < ROWS; row++) {
      float last = 1;
      int length = 0;
      while (length < TOKENS && seen[row * TOKENS + length] != 0) {
        assertThat(seen[row * TOKENS + length]).isGreaterThan(last);
        last = seen[row * TOKENS + length++];
      }
      assertThat(length).isPositive();
      assertThat(Arrays.copyOfRange(seen, row * TOKENS + length, (row + 1) * TOKENS))
          .containsOnly(0);
      kept += length;
    }
    assertThat(kept / (ROWS * (TOKENS - 2.0))).isCloseTo(0.6, within(0.05));
  }

  @Test
  void tokenDropout_tokens_areUnknownByTheirShare() {
    float[] texts = texts();

    float[] seen = augmented(text(), Map.of("token_dropout", 0.25), texts);

    int unknown = 0;
    for (int i = 0; i < seen.length; i++) {
      assertThat(seen[i]).isIn(1f, texts[i]);
      assertThat(seen[i] == 0).isEqualTo(texts[i] == 0);
      unknown += seen[i] == 1 ? 1 : 0;
    }
    assertThat(unknown / (ROWS * (TOKENS - 2.0))).isCloseTo(0.25, within(0.04));
  }

  @Test
  void randomSwap_tokens_changePlacesWithinTheText() {
    float[] texts = texts();

    float[] seen = augmented(text(), Map.of("random_swap", 0.2), texts);

    for (int row = 0; row < ROWS; row++) {
      assertThat(Arrays.copyOfRange(seen, row * TOKENS, row * TOKENS + TOKENS))
          .containsExactlyInAnyOrder(Arrays.copyOfRange(texts, row * TOKENS, row * TOKENS + TOKENS))
          .endsWith(0, 0);
    }
    assertThat(seen).isNotEqualTo(texts);
  }

  @Test
  void read_textOptionsWithoutATexts_areTold() {
    Map<String, Object> options = Map.of("token_dropout", 0.1, "random_swap", 0.1);
    Section root = Section.root(document(Map.of("fields", List.of("a")), true, options));
    LearnerSettings.read(root, ModelDefinition.read(root));

    assertThatThrownBy(root::finish)
        .hasMessageContaining("training.augmentation.token_dropout: is given, but no input has")
        .hasMessageContaining("training.augmentation.random_swap");
  }

  @Test
  void restore_inTheMiddle_goesOnAlike() {
    // Given
    ModelDefinition model = vector();
    Map<String, Object> options = Map.of("gaussian_noise", 1, "mixup", 0.2, "swap_noise", 0.3);
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
    LearnerSettings.read(root, ModelDefinition.read(root));

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
    LearnerSettings settings = LearnerSettings.read(Section.root(document), model);
    return new Augmentation(model, settings.training().augmentation().orElseThrow(), 1, ROWS);
  }

  private static ModelDefinition table() {
    return features(
        Map.of("fields", List.of("a", "b")),
        Map.of("field", "c", "type", "category", "vocabulary", List.of("p", "q")));
  }

  private static ModelDefinition text() {
    return features(Map.of("field", "t", "type", "text", "tokens", TOKENS, "hash_buckets", 50));
  }

  private static ModelDefinition features(Object... features) {
    return ModelDefinition.read(
        Section.root(document(Map.of("features", List.of(features)), false, Map.of())));
  }

  /** Different tokens in ascending order, then two places without any. */
  private static float[] texts() {
    float[] texts = new float[ROWS * TOKENS];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = i % TOKENS < TOKENS - 2 ? 2 + i % TOKENS : 0;
    }
    return texts;
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
