package io.millrace.learning.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.learning.random.RandomStream;
import io.millrace.learning.state.State;
import io.millrace.settings.Section;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The unit and the zero point of a number do not change what the network sees. */
class AffineChangeTest {
  private static final int ROWS = 300;
  private static final double OFFSET = 1.7e9;

  private final RandomStream random = RandomStream.of(5, 0);

  @ParameterizedTest
  @ValueSource(strings = {"standard", "min_max", "robust"})
  void apply_otherUnitOrZero_seesTheSame(String scaling) {
    for (Map<String, Object> feature :
        List.<Map<String, Object>>of(
            Map.of("field", "f", "scaling", scaling),
            Map.of("field", "f", "scaling", scaling, "missing", "mean"))) {
      assertSameWhateverUnit(feature);
    }
  }

  @Test
  void apply_vectorOfOtherUnitOrZero_seesTheSame() {
    for (int size : List.of(2, 20)) {
      assertSameWhateverUnit(Map.of("field", "f", "type", "vector", "size", size));
      assertSameWhateverUnit(
          Map.of("field", "f", "type", "vector", "size", size, "missing", "empty"));
    }
  }

  @Test
  void apply_manyFieldsOfOtherZero_seeTheSame() {
    List<String> fields = IntStream.range(0, 20).mapToObj(i -> "f" + i).toList();
    assertSameWhateverUnit(Map.of("fields", fields));
  }

  @Test
  void apply_bucketsAndLogarithmBeyondSinglePrecision_tellNumbersApart() {
    // Given: three numbers that are equal as floats
    double[] numbers = {OFFSET + 10, OFFSET + 20, OFFSET + 30};

    // When
    float[] buckets =
        seen(Map.of("field", "f", "buckets", List.of(OFFSET + 15, OFFSET + 25)), numbers);
    float[] logarithms = seen(Map.of("field", "f", "log1p", true), numbers);

    // Then
    assertThat(buckets).containsExactly(1, 0, 0, 0, 1, 0, 0, 0, 1);
    assertThat(logarithms).containsExactly(new float[] {-1.2247f, 0, 1.2247f}, within(1e-3f));
  }

  @ParameterizedTest
  @ValueSource(strings = {"standard", "min_max", "robust"})
  void apply_spreadThatIsRounding_isZero(String scaling) {
    double[] noise = numbers(1, value -> OFFSET + 1e-7 * value);
    double[] constants = numbers(1, value -> OFFSET);

    for (double[] numbers : List.of(noise, constants)) {
      assertZeros(seen(Map.of("field", "f", "scaling", scaling), numbers));
      assertZeros(seen(Map.of("field", "f", "scaling", scaling, "missing", "mean"), numbers));
    }
  }

  @Test
  void apply_numberThatWasLongTheSame_isLargeWithinBounds() {
    // Given: numbers that vary, then stay constant for long
    Feature feature = read(Map.of("field", "f"));
    Preparation preparation = new Preparation(List.of(feature));
    preparation.learn(cells(feature, numbers(1, value -> value)), ROWS);
    float[] zeros = cells(feature, new double[ROWS]);
    for (int i = 0; i < 500; i++) {
      preparation.learn(zeros, ROWS);
    }

    // When
    float[] seen = new float[1];
    preparation.apply(cells(feature, new double[] {1}), seen, 1);

    // Then
    assertThat(seen[0]).isBetween(1e5f, 1e7f);
  }

  @Test
  void apply_numbersOfSinglePrecision_areTheSameBitsInOneCellAndInTwo() {
    // Given
    Map<String, Object> vector = Map.of("field", "f", "type", "vector", "size", 20);
    double[] floats = numbers(20, value -> (float) (1000 + 3 * value));
    Feature twoCells = read(vector);
    Feature oneCell = twoCells.inSinglePrecision();

    // When
    float[] inTwo = seen(twoCells, floats);
    float[] inOne = seen(oneCell, floats);

    // Then
    assertThat(oneCell.rawWidth()).isEqualTo(20);
    assertThat(twoCells.rawWidth()).isEqualTo(40);
    assertThat(inOne).containsExactly(inTwo);
  }

  private void assertSameWhateverUnit(Map<String, Object> section) {
    int each = read(section).numbers();
    float[] plain = seen(section, numbers(each, value -> value));
    for (DoubleUnaryOperator change :
        List.<DoubleUnaryOperator>of(
            value -> value * 1e-9,
            value -> value * 1e9,
            value -> value + OFFSET,
            value -> 60 * value - OFFSET)) {
      assertThat(seen(section, numbers(each, change))).containsExactly(plain, within(3e-5f));
    }
  }

  private static void assertZeros(float[] seen) {
    assertThat(seen).containsExactly(new float[seen.length], within(0f));
  }

  private double[] numbers(int each, DoubleUnaryOperator change) {
    return IntStream.range(0, ROWS * each).mapToDouble(random::normal).map(change).toArray();
  }

  private static float[] seen(Map<String, Object> section, double[] numbers) {
    return seen(read(section), numbers);
  }

  /** Returns the network's input for numbers, with restored statistics of the same numbers. */
  private static float[] seen(Feature feature, double[] numbers) {
    int rows = numbers.length / feature.numbers();
    float[] raw = cells(feature, numbers);
    Preparation trained = new Preparation(List.of(feature));
    trained.learn(raw, rows);
    State state = new State();
    trained.save(state);
    Preparation served = new Preparation(List.of(feature));
    served.restore(State.of(new HashMap<>(state.entries())));
    float[] seen = new float[rows * feature.width()];
    served.apply(raw, seen, rows);
    return seen;
  }

  private static float[] cells(Feature feature, double[] numbers) {
    int rows = numbers.length / feature.numbers();
    float[] raw = new float[rows * feature.rawWidth()];
    RawForm form = feature.form();
    int values = feature.fields().size();
    for (int i = 0; i < rows * values; i++) {
      double[] value = Arrays.copyOfRange(numbers, i * form.numbers(), (i + 1) * form.numbers());
      for (int item = 0; item < value.length; item++) {
        assertThat(
                form.list() == null
                    ? form.item(item, value[item], raw, i * form.width())
                    : form.number(value[item], raw, i * form.width()))
            .isNull();
      }
    }
    return raw;
  }

  private static Feature read(Map<String, Object> section) {
    Section root = Section.root(Map.of("features", List.of(section)));
    Feature feature = Feature.readAll(root).get(0);
    root.finish();
    return feature;
  }
}
