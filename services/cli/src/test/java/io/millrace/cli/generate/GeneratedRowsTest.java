package io.millrace.cli.generate;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.learning.generators.ExampleGenerator;
import java.util.List;
import org.junit.jupiter.api.Test;

class GeneratedRowsTest {

  @Test
  void next_classesWithNames_endsWithTheName() {
    GeneratedRows rows = new GeneratedRows(new Fixed(2, 1), "digit", List.of("one", "two"));

    assertThat(rows.header()).containsExactly("width", "depth", "digit");
    assertThat(rows.next()).containsExactly("3", "0.25", "two");
  }

  @Test
  void next_classesWithoutNames_endsWithTheNumber() {
    GeneratedRows rows = new GeneratedRows(new Fixed(2, 1), "digit", List.of());

    assertThat(rows.next()).containsExactly("3", "0.25", "1");
  }

  @Test
  void next_label_isANumber() {
    GeneratedRows rows = new GeneratedRows(new Fixed(0, 14.5), "y", List.of());

    assertThat(rows.next()).containsExactly("3", "0.25", "14.5");
  }

  private record Fixed(int classes, double label) implements ExampleGenerator {
    @Override
    public List<String> fields() {
      return List.of("width", "depth");
    }

    @Override
    public double next(float[] features) {
      features[0] = 3;
      features[1] = 0.25f;
      return label;
    }
  }
}
