package io.millrace.cli.tables;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.cli.failures.CommandFailedException;
import java.util.List;
import org.junit.jupiter.api.Test;

class WantedColumnsTest {

  @Test
  void require_namesThatAreNear_areAskedFor() {
    assertThatThrownBy(
            () ->
                WantedColumns.require(
                    "x.csv",
                    List.of("A", "Unit Price", "weigth", "f1"),
                    List.of("a", "unit_price", "weight", "f1", "f2")))
        .isInstanceOf(CommandFailedException.class)
        .hasMessage(
            "x.csv has no column a, unit_price, weight, f2; it has: A, Unit Price, weigth, f1; did"
                + " you mean A for a, Unit Price for unit_price, weigth for weight?");
  }

  @Test
  void require_valuesInThePlaceOfNames_areTakenForAFileWithoutHeader() {
    assertThatThrownBy(
            () -> WantedColumns.require("x.csv", List.of("0,5", "setosa"), List.of("width")))
        .hasMessage(
            "x.csv has no column width; it has: 0,5, setosa; its first row seems to hold values;"
                + " name the columns there");
  }

  @Test
  void require_moreThanWanted_isEnough() {
    assertThatCode(() -> WantedColumns.require("x.csv", List.of("a", "b"), List.of("b")))
        .doesNotThrowAnyException();
  }
}
