package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cli.invocation.Configuration;
import io.millrace.learning.LearnerSettings;
import io.millrace.learning.evaluation.ValidationSettings.HoldoutBy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code init} writes and says of files as people have them. */
class InitCommandTest {
  @TempDir private Path folder;

  @Test
  void init_fileOfEveryKind_endsInOneScreen() throws IOException {
    // Given
    StringBuilder csv = new StringBuilder("id,age,income,plan,joined,remark,country,churned\n");
    for (int row = 0; row < 300; row++) {
      csv.append(
          "u-%d,%s,%d,%s,"
              .formatted(row, row % 20 == 0 ? "" : 20 + row * 7 % 50, income(row), plan(row)));
      csv.append("2025-%02d-11,day %d was a %s one,".formatted(1 + row % 12, row, plan(row)));
      csv.append("DE,%s\n".formatted(row < 5 ? "" : row % 3 == 0 ? "yes" : "no"));
    }
    Path file = Files.writeString(folder.resolve("customers.csv"), csv);

    // When
    CommandRun outcome = init(file);

    // Then
    assertThat(outcome.output())
        .isEqualTo(
            """
            customers.csv: 300 rows, 8 columns
                        CSV, separated by commas, with a header
            label       churned, 2 classes: no 67 %, yes 33 %
                        --label COLUMN learns another one
            numbers     2: age (5.0 % missing), income (logarithm)
            categories  1: plan (3 names)
            dates       1: joined
            texts       1: remark
            left out    2: id (nearly every value is another), country (is always DE)
            unusable    5 rows of 300 (1.7 %): each becomes a dead letter, the rest trains
                        5 rows without churned
            network     an embedding of the words, dense 128, then softmax: what learned
                        best from tables of this size (300 rows, 27 numbers seen)

            wrote model.yaml
            next: millrace produce --config model.yaml --file customers.csv
            then: millrace run --config model.yaml
            again: millrace produce --config model.yaml --file customers.csv --until-converged
            """);
    assertThat(outcome.exitCode()).isZero();
  }

  private static int income(int row) {
    return row % 97 == 0 ? 9_000_000 : 1000 + row * 37 % 500;
  }

  private static String plan(int row) {
    return List.of("basic", "plus", "pro").get(row % 3);
  }

  @Test
  void init_threeHundredColumns_staysOnOneScreen() throws IOException {
    // Given
    List<String> header = new ArrayList<>();
    IntStream.range(0, 300).forEach(i -> header.add("gene_expression_%03d".formatted(i)));
    StringBuilder csv = new StringBuilder(String.join(",", header) + ",diagnosis\n");
    for (int row = 0; row < 60; row++) {
      int each = row;
      csv.append(
          IntStream.range(0, 300)
              .mapToObj(i -> String.valueOf((each * 7919 + i * 104729) % 1000 / 10.0))
              .collect(Collectors.joining(",")));
      csv.append(row % 3 == 0 ? ",sick\n" : ",healthy\n");
    }
    Path file = Files.writeString(folder.resolve("genes.csv"), csv);

    // When
    CommandRun outcome = init(file);

    // Then
    assertThat(outcome.exitCode()).as(outcome.output()).isZero();
    assertThat(outcome.output().lines()).hasSizeLessThan(30);
    assertThat(withoutPaths(outcome.output().lines().toList()))
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    assertThat(outcome.output())
        .contains("diagnosis, 2 classes: healthy 67 %, sick 33 %", "and 29");
    assertThat(loaded().definition().inputs().get(0).width()).isEqualTo(300);
  }

  private List<String> withoutPaths(List<String> lines) {
    return lines.stream().filter(line -> !line.contains(folder.toString())).toList();
  }

  @Test
  void init_file_isHeldOutByKeyAndJudgedByAllThatIsHeldOut() throws IOException {
    Path file =
        file(
            "rows.csv",
            "a,b,y\n",
            500,
            row -> row + "," + row * 31 % 77 + "," + (row % 2 == 0 ? "p" : "q"));

    assertThat(init(file).exitCode()).isZero();

    LearnerSettings learner = loaded().trainer().learner();
    assertThat(learner.validation().holdoutBy()).isEqualTo(HoldoutBy.KEY);
    assertThat(learner.validation().window()).isBetween(80, 120);
    assertThat(learner.earlyStopping()).isPresent();
    assertThat(learner.reduceLearningRate()).isPresent();
    assertThat(learner.warnings(loaded().definition())).isEmpty();
  }

  @Test
  void init_oneClassInFifty_countsMore() throws IOException {
    Path file =
        file(
            "rare.csv",
            "a,y\n",
            500,
            row -> row * 31 % 77 + "," + (row % 100 == 0 ? "fraud" : "fine"));

    CommandRun outcome = init(file);

    assertThat(outcome.output())
        .contains("fine 99 %, fraud 1.0 %", "rows of rare classes count more");
    assertThat(Files.readString(output())).contains("class_weight: [1.0, 9.95]");
    assertThat(loaded().definition().outputs().get(0).classes()).containsExactly("fine", "fraud");
  }

  @Test
  void init_proseAlone_isLearnedByAnEmbedding() throws IOException {
    Path file =
        file(
            "prose.csv",
            "review,sentiment\n",
            300,
            row ->
                "\"Film %d, I %s it, really\",%s"
                    .formatted(
                        row, row % 2 == 0 ? "loved" : "hated", row % 2 == 0 ? "pos" : "neg"));

    CommandRun outcome = init(file);

    assertThat(outcome.exitCode()).as(outcome.output()).isZero();
    assertThat(outcome.output()).contains("texts       1: review", "an embedding of the words");
    assertThat(loaded().definition().network().layers().get(0).type()).isEqualTo("embedding");
  }

  @Test
  void init_namesAmongNumbers_areReadAsMissing() throws IOException {
    Path file =
        file(
            "ages.csv",
            "age,b,y\n",
            300,
            row ->
                (row % 10 == 0 ? "unknown" : row)
                    + ","
                    + row % 7
                    + ","
                    + (row % 2 == 0 ? "p" : "q"));

    CommandRun outcome = init(file);

    assertThat(outcome.output()).contains("read as missing: unknown", "age (10 % missing)");
    assertThat(outcome.output()).doesNotContain("unusable");
  }

  @Test
  void init_slipsAndMissingLabels_areToldWithTheirNumber() throws IOException {
    Path file =
        file(
            "slips.csv",
            "age,y\n",
            300,
            row ->
                (row == 7 || row == 9 || row == 11 || row == 12 ? "about " + row : row * 3)
                    + ","
                    + (row < 30 ? "NA" : row % 2 == 0 ? "p" : "q"));

    CommandRun outcome = init(file);

    assertThat(outcome.output())
        .contains(
            "unusable    30 rows of 300 (10 %)",
            "30 rows without y",
            "4 rows whose age is no number, line 9: \"about 7\"",
            "2 classes: p 50 %, q 50 %");
  }

  @Test
  void init_columnThatSaysTheLabel_isWarnedOf() throws IOException {
    Path file =
        file(
            "leak.csv",
            "a,reason,churned\n",
            100,
            row ->
                row * 31 % 77
                    + ","
                    + (row % 3 == 0 ? "dear" : "none given")
                    + ","
                    + (row % 3 == 0 ? "yes" : "no"));

    assertThat(init(file).output()).contains("warning     reason says what churned says");
  }

  @Test
  void init_labelThatIsNotThere_asksForTheOneThatWasMeant() throws IOException {
    Path file =
        file(
            "rows.csv", "area,rooms,price\n", 50, row -> row + "," + row % 5 + "," + row * 31 % 77);

    CommandRun outcome = init(file, "--label", "prize");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.output()).contains("prize", "did you mean price?", "area, rooms, price");
    assertThat(output()).doesNotExist();
  }

  @Test
  void init_constantLabel_isRefusedAndNothingIsWritten() throws IOException {
    Path file = file("one.csv", "a,b,label\n", 300, row -> row + "," + row * 2 + ",x");

    CommandRun outcome = init(file);

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.output())
        .isEqualTo(
            "millrace: the label \"label\" is \"x\" in every row: there is nothing to learn; name the"
                + " column to learn by --label: \"a\", \"b\"\n");
    assertThat(output()).doesNotExist();
  }

  private Path file(
      String name, String header, int rows, java.util.function.IntFunction<String> row)
      throws IOException {
    String lines =
        IntStream.range(0, rows).mapToObj(row).collect(Collectors.joining("\n", "", "\n"));
    return Files.writeString(folder.resolve(name), header + lines);
  }

  private Path output() {
    return folder.resolve("model.yaml");
  }

  private Configuration loaded() {
    return Configuration.load(output());
  }

  private CommandRun init(Path file, String... more) {
    List<String> words = new ArrayList<>(List.of("init", "--file", file.toString()));
    words.addAll(List.of("--output", output().toString()));
    words.addAll(List.of(more));
    CommandRun run = CommandRun.of(words.toArray(String[]::new));
    return new CommandRun(run.exitCode(), run.output().replace(folder + "/", ""));
  }
}
