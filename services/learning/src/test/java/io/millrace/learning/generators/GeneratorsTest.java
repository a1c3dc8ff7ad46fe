package io.millrace.learning.generators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.settings.Section;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GeneratorsTest {
  private static final int EXAMPLES = 20_000;

  static List<String> names() {
    return Generators.names();
  }

  @ParameterizedTest
  @MethodSource("names")
  void next_sameSeed_givesTheSameStream(String name) {
    ExampleGenerator one = read(Map.of("type", name, "seed", 5));
    ExampleGenerator other = read(Map.of("type", name, "seed", 5));
    float[] ofOne = new float[one.fields().size()];
    float[] ofOther = new float[other.fields().size()];

    for (int i = 0; i < 1000; i++) {
      assertThat(one.next(ofOne)).isEqualTo(other.next(ofOther));
      assertThat(ofOne).containsExactly(ofOther);
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void next_manyExamples_areFiniteAndOfKnownClasses(String name) {
    ExampleGenerator generator = read(Map.of("type", name));
    float[] features = new float[generator.fields().size()];

    for (int i = 0; i < 1000; i++) {
      double label = generator.next(features);

      if (generator.classes() > 0) {
        assertThat(label).isBetween(0.0, generator.classes() - 1.0).isEqualTo(Math.rint(label));
      }
      for (float feature : features) {
        assertThat(feature).isFinite();
      }
    }
  }

  @Test
  void next_seaWithoutNoise_isDecidedByTheSum() {
    ExampleGenerator sea = read(Map.of("type", "sea", "function", 4, "noise", 0));
    float[] features = new float[3];

    for (int i = 0; i < 1000; i++) {
      double label = sea.next(features);

      assertThat(label).isEqualTo((double) features[0] + features[1] <= 9.5 ? 0 : 1);
    }
  }

  @Test
  void next_ledWithoutNoise_showsTheDigit() {
    ExampleGenerator led = read(Map.of("type", "led", "noise", 0));
    float[] features = new float[24];

    double label = led.next(features);
    while (label != 8) {
      label = led.next(features);
    }

    assertThat(Arrays.copyOf(features, 7)).containsOnly(1);
  }

  @Test
  void next_agrawalConcepts_haveTheSharesOfTheirRules() {
    // ages are 20 to 80: 20 of 61 are from 40 to 59, whom the first rule refuses
    assertThat(shareOfSecondClass(Map.of("type", "agrawal"))).isCloseTo(20.0 / 61, within(0.02));
    assertThat(shareOfSecondClass(Map.of("type", "agrawal", "function", 2)))
        .isCloseTo(1 - 50.0 / 130, within(0.02));
  }

  @Test
  void next_afterTheDrift_followsTheNewConcept() {
    ExampleGenerator sea =
        read(
            Map.of("type", "sea", "function", 3, "then_function", 4, "noise", 0, "drift_at", 1000));
    float[] features = new float[3];
    int before = 0;
    int after = 0;

    for (int i = 0; i < 2000; i++) {
      double label = sea.next(features);
      boolean ofNew = ((double) features[0] + features[1] <= 9.5 ? 0 : 1) == label;
      before += i < 990 && !ofNew ? 1 : 0;
      after += i > 1010 && !ofNew ? 1 : 0;
    }

    assertThat(before).isPositive();
    assertThat(after).isZero();
  }

  @Test
  void next_movingCenters_stayInTheUnitCube() {
    ExampleGenerator generator = read(Map.of("type", "rbf", "classes", 5, "speed", 0.01));
    float[] features = new float[10];
    double sum = 0;

    for (int i = 0; i < EXAMPLES; i++) {
      generator.next(features);
      sum += features[0];
    }

    assertThat(sum / EXAMPLES).isBetween(0.0, 1.0);
  }

  private static double shareOfSecondClass(Map<String, ?> settings) {
    ExampleGenerator generator = read(settings);
    float[] features = new float[generator.fields().size()];
    double sum = 0;
    for (int i = 0; i < EXAMPLES; i++) {
      sum += generator.next(features);
    }
    return sum / EXAMPLES;
  }

  private static ExampleGenerator read(Map<String, ?> settings) {
    Section section = Section.root(settings);
    ExampleGenerator generator = Generators.read(section);
    section.finish();
    return generator;
  }
}
