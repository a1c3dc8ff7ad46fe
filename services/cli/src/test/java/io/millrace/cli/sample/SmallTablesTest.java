package io.millrace.cli.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cli.sample.FilePasses.Learned;
import io.millrace.cli.sample.SettingsText.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code init} writes for small tables learns them as well as scikit-learn's perceptron does.
 *
 * <p>The numbers are of scikit-learn 1.9.1 on the same rows, the mean of three seeds: {@code
 * StandardScaler}, then {@code MLPClassifier()}, or {@code MLPRegressor()} on scaled targets.
 */
class SmallTablesTest {
  private static final double AS_GOOD = 0.02;
  private static final int MOST_PASSES = 300;

  @TempDir private Path folder;

  @Test
  void learn_142Rows_isAsAccurate() throws IOException {
    Learned learned = learned(SmallTables.classes(142 + 60, 13, 8, 3, 0.34, 1.0), 142);

    assertThat(learned.score()).isGreaterThanOrEqualTo(0.800 - AS_GOOD);
  }

  @Test
  void learn_600RowsOf300Columns_isAsAccurate() throws IOException {
    Learned learned = learned(SmallTables.classes(600 + 200, 300, 20, 2, 0.5, 0.7), 600);

    assertThat(learned.score()).isGreaterThanOrEqualTo(0.812 - AS_GOOD);
  }

  @Test
  void learn_oneRowInHundredOfAClass_findsAsManyOfThem() throws IOException {
    Learned learned = learned(SmallTables.classes(4000 + 2000, 10, 8, 2, 0.99, 1.3), 4000);

    assertThat(learned.score()).isGreaterThanOrEqualTo(0.996 - AS_GOOD);
    assertThat(learned.balanced()).isGreaterThanOrEqualTo(0.856 - AS_GOOD);
  }

  @Test
  void learn_pricesOfSixDigits_explainsAsMuchOfThem() throws IOException {
    Learned learned = learned(SmallTables.prices(400 + 200), 400);

    assertThat(learned.score()).isGreaterThanOrEqualTo(0.861 - AS_GOOD);
  }

  private Learned learned(List<String> lines, int trained) throws IOException {
    Path training = file("train.csv", lines.subList(0, 1 + trained));
    List<String> kept = new ArrayList<>(lines.subList(0, 1));
    kept.addAll(lines.subList(1 + trained, lines.size()));
    SampledFile sampled = SampledFile.read(training, Long.MAX_VALUE);
    String yaml =
        SettingsText.of(
            new Analysis(sampled.sample(), null),
            new Source("train.csv", "m", "m", "localhost:9092", List.of(), true, true));
    return new FilePasses(yaml, sampled.settings())
        .learn(training, file("test.csv", kept), MOST_PASSES);
  }

  private Path file(String name, List<String> lines) throws IOException {
    return Files.write(folder.resolve(name), lines);
  }
}
