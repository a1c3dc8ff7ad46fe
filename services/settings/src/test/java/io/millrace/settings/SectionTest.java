package io.millrace.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SectionTest {
  private enum Mode {
    FAST,
    VERY_SLOW
  }

  @Test
  void options_absent_takeTheirDefaults() {
    Section root = Section.root(Map.of());

    assertThat(root.integer("a", "").orElse(3)).isEqualTo(3);
    assertThat(root.decimal("b", "").orElse(0.5)).isEqualTo(0.5);
    assertThat(root.flag("c", "").orElse(true)).isTrue();
    assertThat(root.choice("d", Mode.class, "").orElse(Mode.FAST)).isEqualTo(Mode.FAST);
    assertThat(root.text("e", "").optional()).isEmpty();
    assertThatCode(root::finish).doesNotThrowAnyException();
  }

  @Test
  void remaining_readByTwo_isTheSameForBoth() {
    Section properties = Section.root(Map.of("ssl.protocol", "TLSv1.3", "own", "its"));
    properties.text("own", "").required();

    assertThat(properties.remaining("")).containsOnlyKeys("ssl.protocol");
    assertThat(properties.remaining("")).containsOnlyKeys("ssl.protocol");
  }

  @Test
  void options_present_areReadByTheirType() {
    Section root =
        Section.root(
            Map.of(
                "whole", "12",
                "number", 3,
                "flag", "true",
                "choice", "very_slow",
                "time", "1500ms",
                "list", List.of("x", 1),
                "sizes", 3));

    assertThat(root.integer("whole", "").required()).isEqualTo(12);
    assertThat(root.decimal("number", "").required()).isEqualTo(3.0);
    assertThat(root.flag("flag", "").required()).isTrue();
    assertThat(root.choice("choice", Mode.class, "").required()).isEqualTo(Mode.VERY_SLOW);
    assertThat(root.duration("time", "").required()).isEqualTo(Duration.ofMillis(1500));
    assertThat(root.texts("list", "").required()).containsExactly("x", "1");
    assertThat(root.integers("sizes", "").required()).containsExactly(3);
    assertThatCode(root::finish).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({"1.5", "1e3.2", "many", "99999999999", "''"})
  void integer_notAWholeNumber_isAProblem(String value) {
    Section root = Section.root(Map.of("n", value));

    root.integer("n", "").orElse(1);

    assertThatThrownBy(root::finish).hasMessage("n: is " + value + "; allowed: whole number");
  }

  @Test
  void finish_severalProblems_tellsAllOfThem() {
    // Given
    Section root =
        Section.root(
            Map.of("training", Map.of("batch_size", 0, "optimiser", "adam"), "mode", "quick"));

    // When
    root.section("training").integer("batch_size", "records of a batch").atLeast(1).orElse(32);
    root.choice("mode", Mode.class, "").orElse(Mode.FAST);
    root.text("model", "its name").required();

    // Then
    assertThatThrownBy(root::finish)
        .isInstanceOfSatisfying(
            InvalidSettingsException.class,
            e ->
                assertThat(e.problems())
                    .extracting(Problem::toString)
                    .containsExactlyInAnyOrder(
                        "training.batch_size: is 0; allowed: whole number, at least 1",
                        "training.optimiser: is not known here; allowed: batch_size",
                        "mode: is quick; allowed: one of fast, very_slow",
                        "model: is required: text (its name)"));
  }

  @Test
  void finish_misspeltKeysAndNames_suggestsWhatIsNear() {
    // Given
    Section root =
        Section.root(Map.of("training", Map.of("batchsize", 8), "mode", "fats", "batch_size", 8));

    // When
    root.section("training").integer("batch_size", "records of a batch").orElse(32);
    root.choice("mode", Mode.class, "").orElse(Mode.FAST);

    // Then
    assertThatThrownBy(root::finish)
        .hasMessageContaining(
            "training.batchsize: is not known here; did you mean batch_size? allowed: batch_size")
        .hasMessageContaining("mode: is fats; did you mean fast? allowed: one of fast, very_slow")
        .hasMessageContaining(
            "batch_size: is not known here; it belongs to the section training; allowed:");
  }

  @Test
  void section_readTwice_isOneSection() {
    Section root = Section.root(Map.of("training", Map.of("a", 1, "b", 2)));

    root.section("training").integer("a", "").orElse(0);
    root.section("training").integer("b", "").orElse(0);

    assertThatCode(root::finish).doesNotThrowAnyException();
  }

  @Test
  void typed_nameOrSection_givesTheType() {
    Section root =
        Section.root(Map.of("short", "adam", "long", Map.of("type", "sgd", "momentum", 0.9)));

    assertThat(root.typed("short", "x").text("type", "").required()).isEqualTo("adam");
    assertThat(root.typed("long", "x").decimal("momentum", "").required()).isEqualTo(0.9);
    assertThat(root.typed("absent", "x").text("type", "").required()).isEqualTo("x");
  }

  @Test
  void type_notKnown_leavesItsOptionsUnjudged() {
    Section root = Section.root(Map.of("layer", Map.of("type", "danse", "units", 3)));

    root.section("layer").text("type", "").check("one of dense", "dense"::equals).required();

    assertThatThrownBy(root::finish)
        .hasMessage("layer.type: is danse; allowed: text, one of dense");
  }

  @Test
  void secret_printed_showsNothing() {
    Section root = Section.root(Map.of("password", "hunter2"));

    Secret secret = root.secret("password", "").required();

    assertThat(secret).hasToString("[secret]");
    assertThat(secret.reveal()).isEqualTo("hunter2");
  }

  @Test
  void described_afterReading_holdsEveryOptionOnce() {
    Section root = Section.root(Map.of());

    root.section("training").integer("batch_size", "records of a batch").atLeast(1).orElse(32);

    assertThat(root.described())
        .containsExactly(
            new Described(
                "training.batch_size", "whole number, at least 1", "32", "records of a batch"));
  }
}
