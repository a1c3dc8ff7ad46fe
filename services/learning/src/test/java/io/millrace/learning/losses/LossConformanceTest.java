package io.millrace.learning.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.settings.Section;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Requirements on every loss, whatever it measures. */
class LossConformanceTest {
  private static final int ROWS = 6;
  private static final int WIDTH = 4;

  /** Every loss with its defaults, and the variants with other computations. */
  static Stream<Map<String, Object>> losses() {
    List<Map<String, Object>> all = new ArrayList<>();
    for (String name : Losses.names()) {
      all.add(Map.of("type", name));
      if (name.contains("crossentropy")) {
        all.add(Map.of("type", name, "from_logits", true));
      }
    }
    all.add(Map.of("type", "categorical_crossentropy", "label_smoothing", 0.2));
    all.add(Map.of("type", "binary_crossentropy", "label_smoothing", 0.2));
    all.add(Map.of("type", "binary_focal_crossentropy", "apply_class_balancing", true));
    all.add(Map.of("type", "sparse_categorical_crossentropy", "class_weight", List.of(1, 2, 0, 3)));
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("losses")
  void row_gradient_isThatOfTheValue(Map<String, Object> settings) {
    Loss loss = read(settings);
    float[] targets = targets(loss);
    float[] predictions = predictions();
    float[] gradient = new float[ROWS * WIDTH];
    float step = 0x1p-9f;

    for (int i = 0; i < predictions.length; i++) {
      int row = i / WIDTH;
      loss.row(predictions, targets, row, WIDTH, gradient);
      double above = loss.row(moved(predictions, i, step), targets, row, WIDTH, null);
      double below = loss.row(moved(predictions, i, -step), targets, row, WIDTH, null);

      double slope = (above - below) / (2 * step);
      assertThat((double) gradient[i])
          .as("gradient %d", i)
          .isCloseTo(slope, within(2e-3 + 1e-6 * Math.abs(slope)));
    }
  }

  @ParameterizedTest
  @MethodSource("losses")
  void evaluate_batch_isTheMeanOfItsWeightedRows(Map<String, Object> settings) {
    Loss loss = read(settings);
    float[] targets = targets(loss);
    float[] weights = {1, 2, 0, 0.5f, 3, 1};
    float[] lossPerRow = new float[ROWS];
    float[] gradient = new float[ROWS * WIDTH];

    double mean = loss.evaluate(predictions(), targets, weights, ROWS, WIDTH, lossPerRow, gradient);

    double sum = 0;
    float[] rowGradient = new float[ROWS * WIDTH];
    for (int row = 0; row < ROWS; row++) {
      double expected = weights[row] * loss.row(predictions(), targets, row, WIDTH, rowGradient);
      assertThat((double) lossPerRow[row]).isCloseTo(expected, within(1e-5 + 1e-6 * expected));
      sum += expected;
    }
    assertThat(mean).isCloseTo(sum / ROWS, within(1e-9));
    for (int i = 0; i < gradient.length; i++) {
      float expected = rowGradient[i] * weights[i / WIDTH] / ROWS;
      assertThat(gradient[i]).isCloseTo(expected, within(1e-6f));
    }
  }

  @ParameterizedTest
  @MethodSource("losses")
  void evaluate_inputs_stayAsTheyAre(Map<String, Object> settings) {
    Loss loss = read(settings);
    float[] predictions = predictions();
    float[] targets = targets(loss);

    loss.evaluate(
        predictions, targets, null, ROWS, WIDTH, new float[ROWS], new float[ROWS * WIDTH]);

    assertThat(predictions).containsExactly(predictions());
    assertThat(targets).containsExactly(targets(loss));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void evaluate_rowOfWeightZero_doesNotCountWhateverItHolds(Map<String, Object> settings) {
    Loss loss = read(settings);
    float[] targets = targets(loss);
    Arrays.fill(targets, 0, loss.targetWidth(WIDTH), Float.NaN);
    float[] gradient = new float[ROWS * WIDTH];
    Arrays.fill(gradient, Float.NaN);

    double mean =
        loss.evaluate(
            predictions(),
            targets,
            new float[] {0, 1, 1, 1, 1, 1},
            ROWS,
            WIDTH,
            new float[ROWS],
            gradient);

    assertThat(mean).isFinite();
    assertThat(Arrays.copyOf(gradient, WIDTH)).containsOnly(0);
  }

  @ParameterizedTest
  @MethodSource("losses")
  void overInputsOf_ownActivation_hasTheSameValueAndGradient(Map<String, Object> settings) {
    Loss loss = read(settings);
    for (String activation : List.of("softmax", "sigmoid")) {
      Optional<Loss> fused = loss.overInputsOf(activation);
      if (fused.isPresent()) {
        assertFusedAgrees(loss, fused.get(), activation);
      }
    }
    assertThat(loss.overInputsOf("relu")).isEmpty();
  }

  private static void assertFusedAgrees(Loss loss, Loss fused, String activation) {
    float[] logits = logits();
    float[] probabilities = activated(logits, activation);
    float[] targets = targets(loss);
    float[] fusedGradient = new float[ROWS * WIDTH];
    float step = 0x1p-7f;
    for (int i = 0; i < logits.length; i++) {
      int row = i / WIDTH;
      float[] read = fused.readsOutputs() ? probabilities : logits;
      double value = fused.row(read, targets, row, WIDTH, fusedGradient);
      assertThat(value).isCloseTo(loss.row(probabilities, targets, row, WIDTH, null), within(1e-4));
      double above =
          loss.row(activated(moved(logits, i, step), activation), targets, row, WIDTH, null);
      double below =
          loss.row(activated(moved(logits, i, -step), activation), targets, row, WIDTH, null);
      assertThat((double) fusedGradient[i]).isCloseTo((above - below) / (2 * step), within(1e-3));
    }
  }

  @Test
  void row_hugeLogits_isFinite() {
    float[] logits = {1000, -1000, 0, 500};
    for (String name : Losses.names()) {
      for (String activation : List.of("softmax", "sigmoid")) {
        Losses.named(name)
            .overInputsOf(activation)
            .ifPresent(
                fused -> {
                  float[] gradient = new float[WIDTH];
                  float[] target = {1, 0, 0, 0};

                  assertThat(fused.row(logits, target, 0, WIDTH, gradient)).as(name).isFinite();
                  for (float value : gradient) {
                    assertThat(value).as(name).isFinite();
                  }
                });
      }
    }
  }

  private static Loss read(Map<String, Object> settings) {
    Section section = Section.root(settings);
    Loss loss = Losses.read(section);
    section.finish();
    return loss;
  }

  /** Returns different numbers inside (0, 1), on a grid that makes small steps from them exact. */
  private static float[] predictions() {
    float[] values = new float[ROWS * WIDTH];
    for (int i = 0; i < values.length; i++) {
      values[i] = (3 + 7 * i % 25) / 32f;
    }
    return values;
  }

  private static float[] logits() {
    float[] values = predictions();
    for (int i = 0; i < values.length; i++) {
      values[i] = 8 * values[i] - 4;
    }
    return values;
  }

  /** Returns class indices, or rows with one target of 1. */
  private static float[] targets(Loss loss) {
    int width = loss.targetWidth(WIDTH);
    float[] targets = new float[ROWS * width];
    for (int row = 0; row < ROWS; row++) {
      if (width == 1) {
        targets[row] = (row + 1) % WIDTH;
      } else {
        targets[row * width + (row + 1) % width] = 1;
      }
    }
    return targets;
  }

  private static float[] activated(float[] logits, String activation) {
    float[] result = new float[logits.length];
    for (int i = 0; i < logits.length; i++) {
      int row = i / WIDTH;
      double sum = 0;
      for (int j = row * WIDTH; j < (row + 1) * WIDTH; j++) {
        sum += Math.exp(logits[j]);
      }
      result[i] =
          (float)
              (activation.equals("softmax")
                  ? Math.exp(logits[i]) / sum
                  : 1 / (1 + Math.exp(-logits[i])));
    }
    return result;
  }

  private static float[] moved(float[] values, int index, float step) {
    float[] moved = values.clone();
    moved[index] += step;
    return moved;
  }
}
