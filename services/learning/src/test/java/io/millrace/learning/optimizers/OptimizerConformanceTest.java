package io.millrace.learning.optimizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.millrace.learning.random.RandomStream;
import io.millrace.learning.state.IncompatibleStateException;
import io.millrace.learning.state.State;
import io.millrace.settings.Section;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Requirements on every optimizer, whatever its rule. */
class OptimizerConformanceTest {
  private static final int SIZE = 37; // not a multiple of any vector's length

  /** One set of options for every rule and every variant of a rule. */
  static Stream<Map<String, Object>> optimizers() {
    return Stream.of(
        Map.of("type", "sgd"),
        Map.of("type", "sgd", "momentum", 0.9),
        Map.of("type", "sgd", "momentum", 0.9, "nesterov", true),
        Map.of("type", "rmsprop"),
        Map.of("type", "rmsprop", "momentum", 0.9, "centered", true),
        Map.of("type", "adagrad", "learning_rate", 0.01),
        Map.of("type", "adadelta", "learning_rate", 10),
        Map.of("type", "adam"),
        Map.of("type", "adam", "amsgrad", true),
        Map.of("type", "adam", "use_ema", true),
        Map.of("type", "adamw", "global_clipnorm", 0.5),
        Map.of("type", "nadam", "clipnorm", 0.5),
        Map.of("type", "adamax", "clipvalue", 0.1),
        Map.of("type", "ftrl", "learning_rate", 0.1),
        Map.of("type", "ftrl", "learning_rate", 0.1, "learning_rate_power", -0.4),
        Map.of("type", "lion"),
        Map.of(
            "type",
            "adam",
            "learning_rate",
            Map.of("schedule", "cosine_decay_restarts", "first_decay_steps", 7, "alpha", 0.1)));
  }

  @Test
  void optimizers_allNames_areTested() {
    assertThat(optimizers().map(settings -> settings.get("type")))
        .containsAll(List.<Object>copyOf(UpdateRules.names()));
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void step_sameGradients_givesTheSameBits(Map<String, Object> settings) {
    assertThat(walk(optimizer(settings), start(), 0, 20))
        .containsExactly(walk(optimizer(settings), start(), 0, 20));
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void restore_inTheMiddle_goesOnBitByBit(Map<String, Object> settings) {
    float[] uninterrupted = walk(optimizer(settings), start(), 0, 20);
    Optimizer first = optimizer(settings);
    float[] parameters = walk(first, start(), 0, 9);
    State state = new State();
    first.save(state);

    Optimizer second = optimizer(settings);
    second.restore(State.of(state.entries()));
    walk(second, parameters, 9, 20);

    assertThat(parameters).containsExactly(uninterrupted);
    assertThat(second.learningRate()).isEqualTo(withSteps(settings, 20).learningRate());
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void restore_ofAnotherSize_namesTheEntry(Map<String, Object> settings) {
    State state = new State();
    read(settings).create(SIZE + 1).save(state);
    Optimizer optimizer = optimizer(settings);
    if (optimizer.slots().length > 0) {
      assertThatExceptionOfType(IncompatibleStateException.class)
          .isThrownBy(() -> optimizer.restore(state))
          .withMessageContaining("slot/" + optimizer.rule().slots().get(0));
    }
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void step_withoutClipping_leavesTheGradientsAlone(Map<String, Object> settings) {
    Map<String, Object> unclipped = new HashMap<>(settings);
    unclipped.keySet().removeIf(key -> key.contains("clip"));
    float[] gradients = gradients(3);

    optimizer(unclipped).step(start(), gradients);

    assertThat(gradients).containsExactly(gradients(3));
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void step_alongTheSlopeOfABowl_goesDown(Map<String, Object> settings) {
    Optimizer optimizer = optimizer(settings);
    float[] parameters = start();
    double before = squares(parameters);

    for (int step = 0; step < 500; step++) {
      optimizer.step(parameters, parameters.clone());
    }

    assertThat(squares(parameters)).isLessThan(0.9 * before);
  }

  private static float[] walk(Optimizer optimizer, float[] parameters, int from, int to) {
    for (int step = from; step < to; step++) {
      optimizer.step(parameters, gradients(step));
    }
    return parameters;
  }

  private static Optimizer withSteps(Map<String, Object> settings, int steps) {
    Optimizer optimizer = optimizer(settings);
    walk(optimizer, start(), 0, steps);
    return optimizer;
  }

  private static Optimizer optimizer(Map<String, Object> settings) {
    return read(settings).create(10, SIZE - 10);
  }

  private static OptimizerDefinition read(Map<String, Object> settings) {
    Section section = Section.root(settings);
    OptimizerDefinition definition = OptimizerDefinition.read(section);
    section.finish();
    return definition;
  }

  private static float[] start() {
    return gradients(-1);
  }

  private static float[] gradients(long step) {
    RandomStream random = RandomStream.of(11, step);
    float[] values = new float[SIZE];
    for (int i = 0; i < SIZE; i++) {
      values[i] = (float) random.normal(i);
    }
    return values;
  }

  private static double squares(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += (double) value * value;
    }
    return sum;
  }
}
