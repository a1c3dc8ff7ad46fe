package io.millrace.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RegistryTest {
  private final Registry<Function<Section, String>> shapes =
      new Registry<>("type", "the shape", "circle");

  @BeforeEach
  void fill() {
    shapes.put("square", section -> "a square");
    shapes.put("circle", section -> "a circle");
  }

  @Test
  void names_areSorted() {
    assertThat(shapes.names()).containsExactly("circle", "square");
  }

  @Test
  void reader_nameThatThereIs_isItsReader() {
    Section section = Section.root(Map.of("type", "square"));

    String read = shapes.reader(section).apply(section);

    section.finish();
    assertThat(read).isEqualTo("a square");
  }

  @Test
  void reader_nameThatThereIsNot_isReportedAndTheOtherStandsIn() {
    Section section = Section.root(Map.of("type", "sphere"));

    String read = shapes.reader(section).apply(section);

    assertThat(read).isEqualTo("a circle");
    assertThatThrownBy(section::finish)
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("type")
        .hasMessageContaining("one of circle, square");
  }

  @Test
  void named_registryWithoutTheOneThatStandsIn_throws() {
    Registry<String> empty = new Registry<>("type", "the shape", "circle");

    assertThatThrownBy(() -> empty.named("sphere"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("there is no reader of type named circle");
  }
}
