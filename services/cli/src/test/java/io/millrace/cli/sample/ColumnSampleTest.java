package io.millrace.cli.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a column holds, by its values and its name. */
class ColumnSampleTest {
  private static final int ROWS = 200;

  @ParameterizedTest(name = "{0} is {1}")
  @MethodSource
  void kind_ofValues_isWhatTheyAreGoodFor(
      String name, ColumnKind expected, IntFunction<Object> cells) {
    assertThat(Samples.of(ROWS).with(name, cells).column(name).kind()).isEqualTo(expected);
  }

  static Stream<Arguments> kind_ofValues_isWhatTheyAreGoodFor() {
    List<String> comments = List.of("all is well here", "too dear for me", "never again, thanks");
    return Stream.of(
        of("price", ColumnKind.NUMBER, row -> row * 1.5),
        of("rooms", ColumnKind.NUMBER, row -> row % 5),
        of("with two slips", ColumnKind.NUMBER, row -> row < 2 ? "many" : row * 1.5),
        of("year_built", ColumnKind.NUMBER, row -> 1900 + row % 90),
        of("some missing", ColumnKind.NUMBER, row -> row % 2 == 0 ? "" : row),
        of("is_member", ColumnKind.BOOLEAN, row -> List.of("TRUE", "False", "true").get(row % 3)),
        of("gone", ColumnKind.BOOLEAN, row -> row % 4 == 0 ? "Yes" : "no"),
        of("city", ColumnKind.CATEGORY, row -> "city " + row % 30),
        of("zip", ColumnKind.CATEGORY, row -> "0" + (1000 + row % 9)),
        of("product_code", ColumnKind.CATEGORY, row -> 100 + row % 12),
        of("comment", ColumnKind.CATEGORY, row -> comments.get(row % 3)),
        of("half are names", ColumnKind.CATEGORY, row -> row % 2 == 0 ? "none" : row % 4),
        of("yes or nothing", ColumnKind.CATEGORY, row -> row % 2 == 0 ? "" : "yes"),
        of("joined", ColumnKind.DATE, row -> "2025-0%d-11".formatted(1 + row % 9)),
        of("at", ColumnKind.DATE, row -> "2025-01-11T%02d:30:00Z".formatted(row % 24)),
        of("review", ColumnKind.TEXT, row -> "day %d was a good one".formatted(row)),
        of("embedding", ColumnKind.VECTOR, row -> "[1, %d, 0.5]".formatted(row)),
        of("order", ColumnKind.IDENTIFIER, row -> "tx-" + row * 31),
        of("customerId", ColumnKind.IDENTIFIER, row -> 50_000 + row * 3),
        of("Unnamed: 0", ColumnKind.IDENTIFIER, row -> row),
        of("row number", ColumnKind.IDENTIFIER, row -> row + 1),
        of("seconds", ColumnKind.NUMBER, row -> row + 1),
        of("currency", ColumnKind.CONSTANT, row -> "EUR"),
        of("notes", ColumnKind.EMPTY, row -> ""));
  }

  private static Arguments of(String name, ColumnKind kind, IntFunction<Object> cells) {
    return Arguments.of(name, kind, cells);
  }

  @Test
  void add_columnThatComesLate_isMissingBefore() {
    DataSample sample = new DataSample();
    sample.add(java.util.Map.of("a", "1"), 1);
    sample.add(java.util.Map.of("a", "2", "b", "x"), 2);
    sample.add(java.util.Map.of("b", "y"), 3);

    assertThat(sample.columns()).extracting(ColumnSample::missing).containsExactly(1L, 1L);
  }

  @Test
  void namesAmongNumbers_fewOfThem_areSpellingsOfAMissingValue() {
    Samples samples =
        Samples.of(ROWS)
            .with("age", row -> row % 10 == 0 ? "unknown" : row)
            .with("size", row -> row % 50 == 0 ? "about " + row : row)
            .with("grade", row -> row % 3 == 0 ? "none yet" : row % 4);

    assertThat(samples.sample().namesAmongNumbers()).containsExactly("unknown");
  }

  @Test
  void areSkewed_incomes_areAndMeasurementsAreNot() {
    Random random = new Random(1);
    NumberSample incomes = new NumberSample();
    NumberSample heights = new NumberSample();
    for (int i = 0; i < 2000; i++) {
      incomes.add(Math.exp(8 + 2 * random.nextGaussian()));
      heights.add(170 + 8 * random.nextGaussian());
    }

    assertThat(incomes.areSkewed()).isTrue();
    assertThat(incomes.spanDecades()).isTrue();
    assertThat(heights.areSkewed()).isFalse();
    assertThat(heights.spanDecades()).isFalse();
  }
}
