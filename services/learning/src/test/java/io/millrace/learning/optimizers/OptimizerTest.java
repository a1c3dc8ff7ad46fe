package io.millrace.learning.optimizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.millrace.settings.InvalidSettingsException;
import io.millrace.settings.Section;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptimizerTest {

  @Test
  void read_onlyTheName_hasTheDefaultsOfKeras() {
    assertThat(read(Map.of("type", "sgd")).schedule().rate(0)).isEqualTo(0.01);
    assertThat(read(Map.of("type", "adam")).schedule().rate(0)).isEqualTo(0.001);
    assertThat(read(Map.of("type", "adam")).weightDecay()).isZero();
    assertThat(read(Map.of("type", "adamw")).weightDecay()).isEqualTo(0.004);
    assertThat(read(Map.of("type", "adam")).emaMomentum()).isEqualTo(0.99);
    assertThat(read(Map.of("type", "adam")).averages()).isFalse();
    assertThat(read(Map.of("type", "adam")).clipping()).isEqualTo(GradientClipping.NONE);
  }

  @Test
  void read_severalMistakes_reportsAllOfThem() {
    Section section =
        Section.root(
            Map.of("type", "adam", "beta_1", 1.5, "clipnorm", 1, "clipvalue", 1, "rho", 0.9));
    OptimizerDefinition.read(section);

    assertThatExceptionOfType(InvalidSettingsException.class)
        .isThrownBy(section::finish)
        .withMessageContaining("beta_1")
        .withMessageContaining("only one of clipnorm")
        .withMessageContaining("rho");
  }

  @Test
  void step_clipnorm_boundsEachVariable() {
    Optimizer optimizer =
        read(Map.of("type", "sgd", "learning_rate", 1, "clipnorm", 1)).create(2, 1);
    float[] parameters = new float[3];

    optimizer.step(parameters, new float[] {3, 4, 0.5f});

    assertThat(parameters).containsExactly(new float[] {-0.6f, -0.8f, -0.5f}, within(1e-6f));
  }

  @Test
  void step_globalClipnorm_boundsAllTogether() {
    Optimizer optimizer =
        read(Map.of("type", "sgd", "learning_rate", 1, "global_clipnorm", 1)).create(2, 1);
    float[] parameters = new float[3];

    optimizer.step(parameters, new float[] {2, 4, 4});

    assertThat(parameters).containsExactly(new float[] {-1f / 3, -2f / 3, -2f / 3}, within(1e-6f));
  }

  @Test
  void step_useEma_averageFollowsFromTheFirstStepOn() {
    Optimizer optimizer =
        read(Map.of("type", "sgd", "learning_rate", 1, "use_ema", true, "ema_momentum", 0.75))
            .create(1);
    float[] parameters = {0};

    optimizer.step(parameters, new float[] {-4});
    assertThat(optimizer.averagedParameters()).containsExactly(4);
    optimizer.step(parameters, new float[] {-4});

    assertThat(optimizer.averagedParameters()).containsExactly(5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"adam", "rmsprop", "nadam"})
  void step_gradientVanishes_nothingBecomesSubnormal(String type) {
    // Given
    Optimizer optimizer = read(Map.of("type", type)).create(2);
    float[] parameters = new float[2];
    optimizer.step(parameters, new float[] {1, 1});

    // When
    for (int step = 0; step < 2000; step++) {
      optimizer.step(parameters, new float[] {0, 1e-20f});

      // Then
      for (float[] slot : optimizer.slots()) {
        for (float value : slot) {
          assertThat(value == 0 || Math.abs(value) >= Float.MIN_NORMAL).isTrue();
        }
      }
    }
  }

  @Test
  void changeLearningRate_schedule_goesOnScaled() {
    Optimizer optimizer =
        read(Map.of(
                "type",
                "sgd",
                "learning_rate",
                Map.of(
                    "schedule",
                    "exponential_decay",
                    "initial_learning_rate",
                    1,
                    "decay_steps",
                    1,
                    "decay_rate",
                    0.5)))
            .create(1);
    optimizer.step(new float[1], new float[1]);

    optimizer.changeLearningRate(0.1);

    assertThat(optimizer.learningRate()).isEqualTo(0.1);
    optimizer.step(new float[1], new float[1]);
    assertThat(optimizer.learningRate()).isCloseTo(0.05, within(1e-15));
  }

  @Test
  void boost_someSteps_passes() {
    Optimizer optimizer = read(Map.of("type", "sgd", "learning_rate", 0.5)).create(1);

    optimizer.boost(3, 2);

    assertThat(optimizer.learningRate()).isEqualTo(1.5);
    optimizer.step(new float[1], new float[1]);
    assertThat(optimizer.learningRate()).isEqualTo(1.5);
    optimizer.step(new float[1], new float[1]);
    assertThat(optimizer.learningRate()).isEqualTo(0.5);
  }

  @Test
  void step_rateZero_changesNothing() {
    for (String name : UpdateRules.names()) {
      Optimizer optimizer = read(Map.of("type", name, "learning_rate", 0)).create(2);
      float[] parameters = {1, -2};

      optimizer.step(parameters, new float[] {3, 4});

      assertThat(parameters).as(name).containsExactly(1, -2);
    }
  }

  private static OptimizerDefinition read(Map<String, Object> settings) {
    Section section = Section.root(settings);
    OptimizerDefinition definition = OptimizerDefinition.read(section);
    section.finish();
    return definition;
  }
}
