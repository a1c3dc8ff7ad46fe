package io.millrace.cli.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.cli.failures.CommandFailedException;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which column is learned, for files as people have them. */
class LabelGuessTest {
  private static final int ROWS = 120;

  /** A column is given as its name and kind. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // whole names before parts and positions
        "id:id f1:number f2:number target:number | target",
        "Label:two a:number b:number | Label",
        "survived:two pclass:few fare:number class:few alone:two | survived",
        "class:few a:number b:number | class",
        "text:prose section:two | section",
        "category:few text:prose | category",
        "price:number area:number rooms:few | price",
        "x:number y:number class:few | class",
        "x:number y:number | y",
        // parts of names: two classes before few, few before numbers
        "transaction_id:id amount:number is_fraud:two f1:number currency:constant | is_fraud",
        "isFraud:two isMember:two amount:number | isFraud",
        "is_member:two is_gone:two amount:number | is_gone",
        "house_price:number loan_default:two rooms:few | loan_default",
        "wine_quality:few mean_price:number acid:number | wine_quality",
        "revenue:number churned:two plan:few start:date | churned",
        "customer_label:two a:number b:number | customer_label",
        // positions: the last column that can be learned
        "a:number b:number result_x:two | result_x",
        "a:number kind:few when:date | kind",
        "a:number flag:two currency:constant | flag",
        "a:number flag:two note:prose | flag",
        "a:number flag:two row_id:id | flag",
        "flag:two note:prose | flag",
        // names first, and small whole numbers behind them: the bundled letters
        "letter:few a:digits b:digits c:digits | letter",
        "city:few a:number b:number | b",
      })
  void of_namesKindsAndOrder_findsTheLabel(String columns, String expected) {
    // Given
    Samples samples = Samples.of(ROWS);
    for (String column : columns.split(" ")) {
      String[] parts = column.split(":");
      samples.with(parts[0], values(parts[1]));
    }

    // When
    Label label = LabelGuess.of(samples.sample().columns(), null);

    // Then
    assertThat(label.name()).isEqualTo(expected);
  }

  private static IntFunction<Object> values(String kind) {
    List<String> few = List.of("red", "green", "blue");
    return switch (kind) {
      case "two" -> row -> row % 3 == 0 ? "yes" : "no";
      case "few" -> row -> few.get(row % 3);
      case "digits" -> row -> row == 5 ? 15 : row * 7 % 11; // one is seen once
      case "number" -> row -> row * 7919 % 1000 / 10.0;
      case "constant" -> row -> "EUR";
      case "date" -> row -> "2025-01-%02d".formatted(1 + row % 28);
      case "id" -> row -> "tx-" + row;
      case "prose" -> row -> "the weather of day %d was rather mild here".formatted(row);
      default -> throw new IllegalArgumentException(kind);
    };
  }

  @Test
  void of_constantLabel_isRefusedWithTheColumnsToChooseFrom() {
    DataSample sample =
        Samples.of(ROWS).withNumbers("a").withNumbers("b").with("label", row -> "x").sample();

    assertThatThrownBy(() -> LabelGuess.of(sample.columns(), null))
        .isInstanceOf(CommandFailedException.class)
        .hasMessage(
            "the label \"label\" is \"x\" in every row: there is nothing to learn; name the column to"
                + " learn by --label: \"a\", \"b\"");
  }

  @Test
  void of_labelThatWasAskedForAndCannotBeLearned_isRefusedWithTheReason() {
    DataSample sample =
        Samples.of(ROWS)
            .withNumbers("a")
            .with("day", values("date"))
            .with("id", values("id"))
            .with("note", values("prose"))
            .with("empty", row -> "")
            .with("yes", row -> row % 2 == 0 ? "yes" : "")
            .with("many", row -> "n" + row % 110)
            .sample();

    List<String> reasons =
        Arrays.asList(
            "day: holds dates",
            "id: has another value in nearly every row",
            "note: holds texts",
            "empty: has no value in any row",
            "yes: is \"yes\" where it has a value, and 60 rows have none",
            "many: has 110 names, and a model learns 100 at most");

    assertThat(reasons)
        .allSatisfy(
            reason -> {
              String[] parts = reason.split(": ", 2);
              assertThatThrownBy(() -> LabelGuess.of(sample.columns(), parts[0]))
                  .hasMessageContainingAll(parts[1], "--label: \"a\"");
            });
  }

  @ParameterizedTest
  @CsvSource({
    "2, true", // 0 and 1
    "7, true",
    "20, true",
    "21, false", // too many
    "60, false",
  })
  void isClasses_wholeNumbers_whereThereAreFew(int distinct, boolean expected) {
    Label label = new Label(Samples.of(ROWS).with("n", row -> row % distinct).column("n"));

    assertThat(label.isClasses()).isEqualTo(expected);
  }

  @Test
  void isClasses_wholeNumbersOfWhichOneIsSeenOnce_areANumber() {
    ColumnSample column = Samples.of(ROWS).with("n", row -> row == 0 ? 11 : row % 9).column("n");

    assertThat(Label.isClasses(column)).isFalse();
  }

  @Test
  void isClasses_halves_areANumber() {
    ColumnSample column = Samples.of(ROWS).with("n", row -> row % 5 / 2.0).column("n");

    assertThat(Label.isClasses(column)).isFalse();
  }

  @Test
  void weights_oneClassInFiftyRows_areTheRootOfHowMuchRarerItIs() {
    Label rare = new Label(Samples.of(400).with("y", row -> row < 8 ? "b" : "a").column("y"));
    Label common = new Label(Samples.of(400).with("y", row -> row < 40 ? "b" : "a").column("y"));

    assertThat(rare.weights()).contains(List.of(1.0, 7.0));
    assertThat(common.weights()).isEmpty();
  }
}
