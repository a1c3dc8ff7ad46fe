package io.millrace.cli.tryout;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cli.CommandRun;
import io.millrace.cli.invocation.Configuration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code try} on small files, with its own broker, as a user runs it. */
class TryTest {
  @TempDir private Path folder;

  @Test
  void classes_thatCanBeLearned_areLearnedAndTested() throws Exception {
    // Given: which side of a line a point is on; in two rows, a number or the label is missing
    Path file = file("sides.csv", 300, 1, TryTest::side);
    Files.writeString(file, Files.readString(file) + "?,1,left\n0.1,0.5,\n");
    Path test = file("later.csv", 200, 2, TryTest::side);
    Path settings = folder.resolve("sides.yaml");

    // When
    CommandRun tried =
        CommandRun.of(
            "try", file.toString(), "--test", test.toString(), "--output", settings.toString());

    // Then
    assertThat(tried.exitCode()).as(tried.output()).isZero();
    Map<String, String> last = last(tried);
    assertThat(last)
        .containsEntry("rows", "302")
        .containsEntry("rejected", "1")
        .containsEntry("metric", "accuracy");
    assertThat(number(tried, "learned") + number(tried, "validated")).isEqualTo(301);
    assertThat(number(tried, "validation")).isGreaterThan(0.93);
    assertThat(number(tried, "test")).isGreaterThan(0.93);
    assertThat(number(tried, "baseline")).isBetween(0.4, 0.7);
    assertThat(tried.output())
        .contains("1 of 302 rows cannot be used", "CLASS", "left", "right")
        .contains("millrace produce --config " + settings)
        .doesNotContain("millrace init");
    assertThat(Configuration.load(settings).definition().outputs().get(0).classes())
        .containsExactly("left", "right");
  }

  @Test
  void numbers_thatCanBeLearned_areLearned() throws Exception {
    Path file =
        file(
            "prices.csv",
            300,
            1,
            (a, b) -> String.format(Locale.ROOT, "%.1f", 50_000 + 90_000 * a - 40_000 * b));

    CommandRun tried = CommandRun.of("try", file.toString());

    assertThat(tried.exitCode()).as(tried.output()).isZero();
    assertThat(last(tried)).containsEntry("metric", "r2").containsEntry("baseline", "0.0000");
    assertThat(number(tried, "validation")).isGreaterThan(0.9);
    assertThat(tried.output()).contains("MEAN ABSOLUTE ERROR", "millrace init --file " + file);
  }

  @Test
  void labelsByChance_endWithOne() throws Exception {
    Random random = new Random(5);
    Path file = file("coin.csv", 200, 1, (a, b) -> random.nextBoolean() ? "heads" : "tails");

    CommandRun tried = CommandRun.of("try", file.toString(), "--passes", "40");

    assertThat(tried.exitCode()).as(tried.output()).isOne();
    assertThat(tried.output()).contains("the model is no better than this baseline");
    assertThat(number(tried, "validation")).isLessThan(0.65);
  }

  @Test
  void fileLargerThanSmall_isJudgedByTheServedModel() throws Exception {
    Path file = file("many.csv", TriedFile.SMALL + 1, 1, TryTest::side);

    CommandRun tried = CommandRun.of("try", file.toString());

    assertThat(tried.exitCode()).as(tried.output()).isZero();
    assertThat(last(tried)).containsEntry("folds", "1");
    assertThat(number(tried, "validation")).isGreaterThan(0.97);
    assertThat(tried.output()).contains("predicted by the served model over gRPC");
  }

  @Test
  void filesThatCannotBeTried_areRefusedInOneSentence() throws Exception {
    Path constant = file("constant.csv", 50, 1, (a, b) -> "x");
    Path good = file("good.csv", 50, 1, TryTest::side);
    Path other = Files.writeString(folder.resolve("other.csv"), "a,c\n1,2\n");
    Path settings = Files.writeString(folder.resolve("there.yaml"), "");

    assertRefused(1, "does not exist", folder.resolve("nowhere.csv").toString());
    assertRefused(1, "", Files.writeString(folder.resolve("empty.csv"), "").toString());
    assertRefused(1, "", constant.toString(), "--label", "label");
    assertRefused(2, "no such column", good.toString(), "--label", "lable");
    assertRefused(1, "has no column b", good.toString(), "--test", other.toString());
    assertRefused(1, "exists", good.toString(), "--output", settings.toString());
    assertRefused(2, "--passes is 0", good.toString(), "--passes", "0");
    assertThat(settings).isEmptyFile();
  }

  private void assertRefused(int exitCode, String sentence, String... arguments) {
    String[] words = new String[arguments.length + 1];
    words[0] = "try";
    System.arraycopy(arguments, 0, words, 1, arguments.length);
    CommandRun refused = CommandRun.of(words);
    assertThat(refused.exitCode()).as(refused.output()).isEqualTo(exitCode);
    assertThat(refused.output())
        .contains("millrace: ")
        .contains(sentence)
        .doesNotContain("\tat ")
        .doesNotContain("starting a broker");
  }

  private static String side(double a, double b) {
    return a > 0.8 * b ? "right" : "left";
  }

  /** Writes rows with two numbers from 0 to 1 and a label. */
  private Path file(String name, int rows, long seed, BiFunction<Double, Double, String> label)
      throws IOException {
    Random random = new Random(seed);
    StringBuilder csv = new StringBuilder("a,b,label\n");
    for (int row = 0; row < rows; row++) {
      double a = random.nextDouble();
      double b = random.nextDouble();
      csv.append(a).append(',').append(b).append(',').append(label.apply(a, b)).append('\n');
    }
    return Files.writeString(folder.resolve(name), csv);
  }

  /** Returns the last line's values by key. */
  private static Map<String, String> last(CommandRun run) {
    String line =
        run.output().lines().filter(each -> each.startsWith("try: ")).findAny().orElseThrow();
    Map<String, String> values = new TreeMap<>();
    Arrays.stream(line.substring(5).split(" "))
        .map(word -> word.split("=", 2))
        .forEach(pair -> values.put(pair[0], pair[1]));
    return values;
  }

  private static double number(CommandRun run, String key) {
    return Double.parseDouble(last(run).get(key));
  }
}
