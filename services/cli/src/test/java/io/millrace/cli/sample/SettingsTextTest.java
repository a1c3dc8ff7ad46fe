package io.millrace.cli.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cli.invocation.Configuration;
import io.millrace.cli.sample.SettingsText.Source;
import io.millrace.learning.features.CategoryFeature;
import io.millrace.learning.features.DateFeature;
import io.millrace.learning.features.Feature;
import io.millrace.learning.features.NumberFeature;
import io.millrace.learning.features.TextFeature;
import io.millrace.learning.features.VectorFeature;
import io.millrace.runtime.SettingsFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Settings that are written are settings that are read, with what was understood. */
class SettingsTextTest {
  private static final int ROWS = 200;

  @Test
  void of_columnOfEveryKind_hasAFeatureOfItsType() {
    Samples samples =
        Samples.of(ROWS)
            .with("income", row -> row == 0 ? 90_000_000 : row % 20 == 1 ? "" : 1000 + row)
            .with("plan \"a\"", row -> "plan " + row % 3)
            .with("member", row -> row % 2 == 0 ? "Yes" : "no")
            .with("joined", row -> "2025-0%d-11".formatted(1 + row % 9))
            .with("at", row -> "2025-01-11T%02d:30:00Z".formatted(row % 24))
            .with("vector", row -> "[1,%d,0.5]".formatted(row))
            .with("review", row -> "day %d was a good one".formatted(row))
            .with("y", row -> row % 3);

    Configuration read = read(samples, file());

    List<Feature> features = read.definition().inputs().get(0).features();
    assertThat(features)
        .<Class<?>>map(Object::getClass)
        .containsExactly(
            NumberFeature.class,
            CategoryFeature.class,
            CategoryFeature.class,
            DateFeature.class,
            DateFeature.class,
            VectorFeature.class);
    assertThat(((NumberFeature) features.get(0)).log1p()).isTrue();
    assertThat(features).extracting(Feature::width).containsExactly(2, 4, 3, 4, 6, 3);
    assertThat(read.definition().inputs().get(1).features())
        .singleElement()
        .isInstanceOfSatisfying(TextFeature.class, text -> assertThat(text.tokens()).isEqualTo(8));
    assertThat(read.definition().outputs().get(0).classes()).containsExactly("0", "1", "2");
  }

  @Test
  void of_hundredColumns_shareLinesByTheirOptions() {
    Samples samples = Samples.of(ROWS).with("y", row -> row % 2);
    for (int i = 0; i < 100; i++) {
      int each = i;
      samples.with("some_column_" + i, row -> each == 7 && row == 3 ? "" : row * 31 % (97 + each));
    }

    String yaml = SettingsText.of(new Analysis(samples.sample(), "y"), file());

    assertThat(yaml.lines()).hasSizeLessThan(80);
    assertThat(yaml.lines()).allMatch(line -> line.length() <= 120);
    assertThat(read(samples, file()).definition().inputs().get(0).width()).isEqualTo(101);
  }

  @Test
  void of_labelOfNumbers_isScaled() {
    Samples prices = Samples.of(ROWS).withNumbers("a").with("price", row -> 100 + row * 3.5);
    Samples counts = Samples.of(ROWS).withNumbers("a").with("views", row -> Math.exp(row / 15.0));

    assertThat(yaml(prices)).contains("target_scaling: standard", "# a number, from 100 to 796.5");
    assertThat(yaml(counts)).contains("target_scaling: log");
  }

  @Test
  void of_topic_goesOnAndIsHeldOutAsItsKeysAllow() {
    Samples samples = Samples.of(ROWS).withNumbers("a").with("y", row -> row % 2);
    Source topic = new Source("t", "m", "t", "localhost:9092", List.of(), false, false);

    String yaml = SettingsText.of(new Analysis(samples.sample(), "y"), topic);

    assertThat(yaml).contains("holdout_by: offset").doesNotContain("callbacks:");
    assertThat(read(samples, topic).trainer().learner().earlyStopping()).isEmpty();
  }

  @Test
  void of_columnsNamedLikePartsOfTheSettings_areRead() {
    Samples samples =
        Samples.of(ROWS)
            .withNumbers("a: b")
            .withNumbers("#c")
            .with("line\nbreak", row -> row % 7)
            .with("words_1", row -> row % 2 == 0 ? "it's" : "\\ \"so\"");

    assertThat(
            Stream.of("words_1", "#c", "a: b")
                .map(label -> new Analysis(samples.sample(), label))
                .map(analysis -> parse(SettingsText.of(analysis, file())))
                .map(read -> read.definition().outputs().get(0).field()))
        .containsExactly("words_1", "#c", "a: b");
  }

  private static Source file() {
    return new Source("rows.csv", "m", "m", "localhost:9092", List.of(), true, true);
  }

  private static String yaml(Samples samples) {
    return SettingsText.of(new Analysis(samples.sample(), null), file());
  }

  private static Configuration read(Samples samples, Source source) {
    return parse(SettingsText.of(new Analysis(samples.sample(), "y"), source));
  }

  private static Configuration parse(String yaml) {
    return SettingsFile.parse(Path.of("test"), yaml, Map.of()).read(Configuration::read);
  }
}
