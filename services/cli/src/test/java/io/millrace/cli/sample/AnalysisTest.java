package io.millrace.cli.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.cli.failures.CommandFailedException;
import org.junit.jupiter.api.Test;

/** Rows that cannot be used, and columns that give the label away. */
class AnalysisTest {
  private static final int ROWS = 100;

  @Test
  void usableRows_withoutLabelOrWithASlip_areCountedOnce() {
    DataSample sample =
        Samples.of(ROWS)
            .withNumbers("a")
            .with("b", row -> row == 3 ? "five" : row * 1.5)
            .with("y", row -> row < 10 ? "" : row % 2 == 0 ? "p" : "q")
            .sample();

    Analysis analysis = new Analysis(sample, null);

    assertThat(analysis.label().name()).isEqualTo("y");
    assertThat(analysis.usableRows()).isEqualTo(90); // the slip is in a row without a label
  }

  @Test
  void copies_ofClasses_areTold() {
    DataSample sample =
        Samples.of(ROWS)
            .withNumbers("a")
            .with("code", row -> row % 3 == 0 ? "17" : "4")
            .with("half", row -> row % 2)
            .with("y", row -> row % 3 == 0 ? "yes" : "no")
            .sample();

    assertThat(new Analysis(sample, "y").copies())
        .extracting(ColumnSample::name)
        .containsExactly("code");
  }

  @Test
  void copies_ofNumbersOnAnotherScale_areTold() {
    DataSample sample =
        Samples.of(ROWS)
            .withNumbers("a")
            .with("cents", row -> (row * 37 % 83 + 1) * 100)
            .with("euros", row -> row * 37 % 83 + 1.5)
            .sample();

    assertThat(new Analysis(sample, "euros").copies())
        .extracting(ColumnSample::name)
        .containsExactly("cents");
  }

  @Test
  void analysis_nothingToLearnFrom_isRefusedWithWhatIsLeftOut() {
    DataSample sample =
        Samples.of(ROWS)
            .with("id", row -> "u-" + row)
            .with("country", row -> "DE")
            .with("y", row -> row % 2)
            .sample();

    assertThatThrownBy(() -> new Analysis(sample, "y"))
        .isInstanceOf(CommandFailedException.class)
        .hasMessage(
            "there is no column to learn \"y\" from: id (nearly every value is another), country (is"
                + " always DE)");
  }
}
