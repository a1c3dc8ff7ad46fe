package io.millrace.learning.generators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.settings.InvalidSettingsException;
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
    ExampleGenerator sea = read(Map.of("type", "sea", "functions", 4, "noise", 0));
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
    // ages are 20 to 80: 20 of 61 are from 40 to 59, which the first rule refuses
    assertThat(shareOfSecondClass(Map.of("type", "agrawal"))).isCloseTo(20.0 / 61, within(0.02));
    assertThat(shareOfSecondClass(Map.of("type", "agrawal", "functions", 2)))
        .isCloseTo(1 - 50.0 / 130, within(0.02));
  }

  @Test
  void next_afterTheDrift_followsTheNewConcept() {
    ExampleGenerator sea =
        read(Map.of("type", "sea", "functions", List.of(3, 4), "noise", 0, "drift_at", 1000));
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
  void next_conceptComesBack_isTheSameConceptWithOtherExamples() {
    // Given
    ExampleGenerator sea =
        read(
            Map.of(
                "type",
                "sea",
                "functions",
                List.of(4, 1, 4),
                "drift_at",
                List.of(1000, 2000),
                "noise",
                0));
    float[] features = new float[3];
    boolean[] isOfFourth = new boolean[3000];
    float[] firsts = new float[3000];

    // When
    for (int i = 0; i < 3000; i++) {
      double label = sea.next(features);
      firsts[i] = features[0];
      isOfFourth[i] = ((double) features[0] + features[1] <= 9.5 ? 0 : 1) == label;
    }

    // Then
    for (int i = 0; i < 990; i++) {
      assertThat(isOfFourth[i] && isOfFourth[2010 + i]).isTrue();
    }
    assertThat(Arrays.copyOf(firsts, 100)).isNotEqualTo(Arrays.copyOfRange(firsts, 2010, 2110));
  }

  @Test
  void read_asManyDriftsAsConcepts_isRefused() {
    Section section =
        Section.root(
            Map.of("type", "sea", "functions", List.of(1, 2), "drift_at", List.of(10, 20)));
    Generators.read(section);

    assertThatThrownBy(section::finish)
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("one fewer than functions");
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
