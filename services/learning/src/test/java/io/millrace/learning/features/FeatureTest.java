package io.millrace.learning.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.settings.InvalidSettingsException;
import io.millrace.settings.Section;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeatureTest {
  private static final float NONE = Float.NaN;

  @Test
  void standard_afterRows_hasMeanZeroAndVarianceOne() {
    assertThat(seen(feature("type", "number"), 2f, 4f, 6f))
        .containsExactly(-1.2247449f, 0, 1.2247449f);
  }

  @Test
  void minMax_afterRows_isFromZeroToOne() {
    assertThat(seen(feature("scaling", "min_max"), 2f, 4f, 10f)).containsExactly(0, 0.25f, 1);
  }

  @Test
  void robust_manyRowsAndOutliers_isByMedianAndQuartiles() {
    // Given
    Float[] values = new Float[1000];
    Arrays.setAll(values, i -> i % 100 == 99 ? 1e6f : (float) (i % 99));

    // When
    float[] seen = seen(feature("scaling", "robust"), values);

    // Then: the median is 49, the quartiles are 24 and 74
    assertThat(seen[49]).isCloseTo(0, within(0.05f));
    assertThat(seen[74]).isCloseTo(0.5f, within(0.05f));
  }

  @Test
  void log1pAndClip_beforeScaling_changeTheValue() {
    Map<String, Object> shaped = feature("log1p", true, "clip", List.of(-1, 3), "scaling", "none");

    float[] seen = seen(shaped, 3f, -9f, 0f, 50f);

    float log2 = (float) Math.log(2);
    assertThat(seen).containsExactly(2 * log2, -log2, 0, 2 * log2);
  }

  @Test
  void buckets_value_isOneAtItsBucket() {
    assertThat(seen(feature("buckets", List.of(18, 65)), 17f, 18f, 70f))
        .containsExactly(1, 0, 0, 0, 1, 0, 0, 0, 1);
  }

  @Test
  void missing_number_isMeanOrConstantAndIndicated() {
    assertThat(
            seen(
                feature("missing", "mean", "missing_indicator", true, "scaling", "none"),
                2f,
                NONE,
                4f))
        .containsExactly(2, 0, 3, 1, 4, 0);
    assertThat(seen(feature("missing", "constant", "constant", 7, "scaling", "none"), 2f, NONE))
        .containsExactly(2, 7);
    assertThat(seen(feature("missing", "mean"), 2f, NONE, 4f)).containsExactly(-1, 0, 1);
  }

  @Test
  void missing_withoutSettings_isRejected() {
    Misfit misfit = read(feature("type", "number")).form().missing("null", new float[1], 0);

    assertThat(misfit).isEqualTo(new Misfit(Misfit.Kind.MISSING, "null"));
  }

  @Test
  void category_vocabulary_isOneAtItsNumberAndUnknownFirst() {
    Map<String, Object> category =
        feature(
            "type",
            "category",
            "vocabulary",
            List.of("de", "fr"),
            "missing",
            "empty",
            "missing_indicator",
            true);

    assertThat(seen(category, "fr", "xx", NONE, "de"))
        .containsExactly(0, 0, 1, 0, 1, 0, 0, 0, 1, 0, 0, 1, 0, 1, 0, 0);
  }

  @Test
  void category_learnedVocabulary_growsToItsLimit() {
    Map<String, Object> category = feature("type", "category", "vocabulary_size", 2, "as", "index");

    assertThat(seen(category, "b", "a", "b", "c")).containsExactly(1, 2, 1, 0);
    assertThat(read(category).indexBound()).isEqualTo(3);
  }

  @Test
  void category_hashed_isWithinItsBuckets() {
    Map<String, Object> category = feature("type", "category", "hash_buckets", 5, "as", "index");

    float[] seen = seen(category, "a", "b", "a", "something else");

    assertThat(seen).hasSize(4);
    assertThat(seen[0]).isEqualTo(seen[2]).isBetween(1f, 5f);
  }

  @Test
  void text_tokens_arePaddedTruncatedAndNumbered() {
    Map<String, Object> text =
        feature("type", "text", "tokens", 3, "vocabulary", List.of("good", "film"));

    assertThat(seen(text, "A GOOD film, truly!", "good", "", "Film; film"))
        .containsExactly(1, 2, 3, 2, 0, 0, 0, 0, 0, 3, 3, 0);
  }

  @Test
  void date_numbersAndTexts_areTheSamePoints() {
    Map<String, Object> date =
        feature("type", "date", "unit", "seconds", "parts", List.of("hour_of_day", "day_of_week"));
    Feature feature = read(date);
    float[] byNumber = new float[2];
    float[] byText = new float[2];

    // When: a Wednesday
    Misfit first = feature.form().number(1_700_000_000, byNumber, 0);
    Misfit second = feature.form().text("2023-11-14T23:13:20+01:00", byText, 0);

    // Then
    assertThat(first).isNull();
    assertThat(second).isNull();
    assertThat(byText).containsExactly(byNumber).containsExactly(19675, 80000);
    assertThat(seen(date, "1970-01-05", "1970-01-05 06:00:00"))
        .containsExactly(new float[] {0, 1, 0, 1, 1, 0, 0, 1}, within(1e-6f));
  }

  @ParameterizedTest
  @CsvSource({"soon", "2023-02-31", "''", "2023-11-14T25:00:00"})
  void date_textThatIsNone_isNoTime(String text) {
    Misfit misfit = read(feature("type", "date")).form().text(text, new float[2], 0);

    assertThat(misfit).isEqualTo(new Misfit(Misfit.Kind.NOT_A_TIME, "text"));
  }

  @Test
  void image_bytesAndBase64_areScaled() {
    // Given
    Feature feature = read(feature("type", "image", "shape", List.of(1, 2, 1)));
    float[] raw = new float[4];

    // When
    Misfit first = feature.form().bytes(new byte[] {9, 0, -1}, 1, 3, raw, 0);
    Misfit second = feature.form().text("/wA=", raw, 2);

    // Then
    assertThat(first).isNull();
    assertThat(second).isNull();
    assertThat(raw).containsExactly(0, 255, 255, 0);
    assertThat(applied(feature, raw, 2)).containsExactly(0, 1, 1, 0);
  }

  @Test
  void vector_missing_isZerosAndIndicated() {
    Feature feature =
        read(
            feature(
                "type",
                "vector",
                "size",
                2,
                "scaling",
                "none",
                "missing",
                "empty",
                "missing_indicator",
                true));
    float[] raw = {3, 4, NONE, NONE};

    assertThat(applied(feature, raw, 2)).containsExactly(3, 4, 0, 0, 0, 1);
  }

  @Test
  void readAll_badFeatures_allProblemsAreTold() {
    // Given
    Section root =
        Section.root(
            Map.of(
                "features",
                List.of(
                    Map.of("type", "number"),
                    Map.of("field", "a", "type", "category"),
                    Map.of("field", "b", "buckets", List.of(2, 1)),
                    Map.of("field", "c", "type", "date", "parts", List.of("century")),
                    Map.of("field", "d", "missing", "empty"),
                    Map.of("field", "e", "missing_indicator", true))));

    // When
    Feature.readAll(root);

    // Then
    assertThatThrownBy(root::finish)
        .isInstanceOfSatisfying(
            InvalidSettingsException.class,
            invalid ->
                assertThat(invalid.problems())
                    .extracting(problem -> problem.path())
                    .containsExactly(
                        "features[0]",
                        "features[1]",
                        "features[2].buckets",
                        "features[3].parts",
                        "features[4].missing",
                        "features[5].missing_indicator"));
  }

  private static Map<String, Object> feature(Object... options) {
    Map<String, Object> section = new HashMap<>();
    section.put("field", "f");
    for (int i = 0; i < options.length; i += 2) {
      section.put((String) options[i], options[i + 1]);
    }
    return section;
  }

  private static Feature read(Map<String, Object> section) {
    Section root = Section.root(Map.of("features", List.of(section)));
    Feature feature = Feature.readAll(root).get(0);
    root.finish();
    return feature;
  }

  /** Returns the network's input for values that were learned as one mini-batch. */
  private static float[] seen(Map<String, Object> section, Object... values) {
    Feature feature = read(section);
    int width = feature.form().width();
    float[] raw = new float[values.length * width];
    for (int i = 0; i < values.length; i++) {
      assertThat(write(feature.form(), values[i], raw, i * width)).isNull();
    }
    Preparation preparation = new Preparation(List.of(feature));
    preparation.learn(raw, values.length);
    float[] seen = new float[values.length * feature.width()];
    preparation.apply(raw, seen, values.length);
    return seen;
  }

  private static @Nullable Misfit write(RawForm form, Object value, float[] raw, int at) {
    if (value.equals(NONE)) {
      return form.missing("nothing", raw, at);
    }
    return value instanceof String text
        ? form.text(text, raw, at)
        : form.number(((Number) value).doubleValue(), raw, at);
  }

  private static float[] applied(Feature feature, float[] raw, int rows) {
    float[] seen = new float[rows * feature.width()];
    new Preparation(List.of(feature)).apply(raw, seen, rows);
    return seen;
  }
}
