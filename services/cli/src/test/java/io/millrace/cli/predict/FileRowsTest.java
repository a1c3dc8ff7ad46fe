package io.millrace.cli.predict;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.cli.failures.CommandFailedException;
import io.millrace.cli.tables.TableRow;
import io.millrace.client.Output;
import io.millrace.client.Prediction;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.settings.Section;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is shown and written of a file's predicted and skipped rows. */
class FileRowsTest {
  private static final ModelDefinition CLASSES =
      model(Map.of("y", Map.of("classes", List.of("no", "yes"))), 2);
  private static final ModelDefinition NUMBER = model(Map.of("y", Map.of()), 1);
  private static final Prediction TWO = prediction("7", 0.9f, 0.1f, 0.25f, 0.75f);

  @TempDir private Path folder;

  @Test
  void summary_labelledRows_hasScoresAndNamesWhatWasSkipped() {
    // Given
    FileSummary summary = new FileSummary(CLASSES);

    // When
    summary.predicted(row(2, "1", "no"), TWO, 0);
    summary.predicted(row(3, "2", "no"), TWO, 1);
    summary.skipped(row(4, "x", "no"), List.of("a is \"x\", not a finite number"));
    summary.predicted(row(5, "2", ""), TWO, 1);

    // Then
    assertThat(summary.lines())
        .startsWith(
            "3 rows predicted by version 7, 1 skipped",
            "",
            "y: right on 50.0 % of 2 rows; balanced accuracy 0.5000")
        .contains("CLASS  ROWS  PRECISION  RECALL", "no        2      1.000   0.500")
        .endsWith("", "skipped:", "  line 4: a is \"x\", not a finite number");
    assertThat(summary.line())
        .isEqualTo(
            "predicted=3 skipped=1 version=7 accuracy=0.5000 balanced_accuracy=0.5000"
                + " baseline=1.0000");
  }

  @Test
  void summary_rowsWithoutLabels_saysWhatWasAnswered() {
    FileSummary summary = new FileSummary(CLASSES);

    summary.predicted(row(2, "1", ""), TWO, 0);
    summary.predicted(row(3, "2", ""), TWO, 1);

    assertThat(summary.isScored()).isFalse();
    assertThat(summary.lines()).contains("ANSWER  ROWS   SHARE", "no         1  50.0 %");
    assertThat(summary.line()).isEqualTo("predicted=2 skipped=0 version=7");
  }

  @Test
  void summary_twoOutputs_areToldApart() {
    // Given
    FileSummary summary = new FileSummary(classAndNumber());
    Prediction prediction =
        new Prediction(
            "",
            "3",
            Map.of("c", new Output(new float[] {1, 0}, 1), "n", new Output(new float[] {4}, 1)),
            Map.of(),
            Map.of());

    // When
    summary.predicted(
        new FileRow(List.of("c", "n"), new TableRow(2, List.of("no", "3"), List.of())),
        prediction,
        0);

    // Then
    assertThat(summary.line())
        .contains(" c.accuracy=1.0000 ", " n.mean_absolute_error=1.000 ")
        .startsWith("predicted=1 skipped=0 version=3 ");
  }

  @Test
  void summary_manySkippedRows_namesTen() {
    FileSummary summary = new FileSummary(CLASSES);

    IntStream.range(2, 40)
        .forEach(line -> summary.skipped(row(line, "x", ""), List.of("a is missing")));

    assertThat(summary.lines())
        .contains("  line 11: a is missing", "  and 28 others")
        .doesNotContain("  line 12: a is missing");
  }

  @Test
  void printed_rows_areOneLineEach() {
    // Given
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintedRows printed = new PrintedRows(CLASSES, new PrintStream(bytes, true, UTF_8));

    // When
    printed.predicted(row(2, "1", "yes"), TWO, 0);
    printed.predicted(row(3, "1", ""), TWO, 1);
    printed.skipped(row(4, "x", ""), List.of("a is missing", "b is missing"));

    // Then
    assertThat(bytes.toString(UTF_8).lines())
        .containsExactly(
            "line 2: y no (0.900), labelled yes",
            "line 3: y yes (0.750)",
            "line 4: skipped: a is missing; b is missing");
  }

  @Test
  void written_rows_haveTheirColumnsAndThePredictions() throws Exception {
    // Given
    Path file = folder.resolve("out.csv");

    // When
    try (PredictionFile written =
        PredictionFile.create(file, CLASSES, List.of("a", "y", "predicted_y"))) {
      written.predicted(row(2, "1,5", "no", "yes"), TWO, 0);
      written.skipped(row(3, "x", "", ""), List.of("a is no number"));
    }

    // Then
    assertThat(Files.readAllLines(file))
        .containsExactly(
            "a,y,predicted_y,predicted_y_2,probability_no,probability_yes",
            "\"1,5\",no,yes,no,0.9,0.1",
            "x,,,,,");
    assertThatThrownBy(() -> PredictionFile.create(file, CLASSES, List.of()))
        .isInstanceOf(CommandFailedException.class)
        .hasMessage(file + " exists; name another file by --output");
  }

  @Test
  void written_numbers_haveOneColumnMore() throws Exception {
    Path file = folder.resolve("numbers.csv");

    try (PredictionFile written = PredictionFile.create(file, NUMBER, List.of("a", "y"))) {
      written.predicted(row(2, "1", "4"), prediction("1", 3.5f), 0);
    }

    assertThat(Files.readAllLines(file)).containsExactly("a,y,predicted_y", "1,4,3.5");
  }

  private static FileRow row(long line, String... cells) {
    List<String> columns = List.of("a", "y", "predicted_y").subList(0, cells.length);
    return new FileRow(columns, new TableRow(line, List.of(cells), List.of()));
  }

  private static Prediction prediction(String version, float... values) {
    int rows = Math.max(1, values.length / 2);
    return new Prediction("", version, Map.of("y", new Output(values, rows)), Map.of(), Map.of());
  }

  private static ModelDefinition model(Map<String, Object> outputs, int units) {
    return ModelDefinition.read(
        Section.root(
            Map.of(
                "inputs",
                Map.of("x", Map.of("fields", List.of("a"))),
                "outputs",
                outputs,
                "network",
                Map.of("layers", List.of(Map.of("type", "dense", "units", units))))));
  }

  private static ModelDefinition classAndNumber() {
    List<Map<String, Object>> layers =
        List.of(
            Map.of("type", "dense", "units", 2, "name", "c", "inputs", List.of("x")),
            Map.of("type", "dense", "units", 1, "name", "n", "inputs", List.of("x")));
    return ModelDefinition.read(
        Section.root(
            Map.of(
                "inputs", Map.of("x", Map.of("fields", List.of("a"))),
                "outputs", Map.of("c", Map.of("classes", List.of("no", "yes")), "n", Map.of()),
                "network", Map.of("layers", layers))));
  }
}
