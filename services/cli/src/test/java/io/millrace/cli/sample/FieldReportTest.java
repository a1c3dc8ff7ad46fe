package io.millrace.cli.sample;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.learning.model.ModelDefinition;
import io.millrace.settings.Section;
import io.millrace.trainer.intake.RecordSettings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The report of {@code check} on numbers whose differences the network would not see. */
class FieldReportTest {
  private static final String LABELS =
      "  y: these labels cannot be told apart in single precision; take off what they have in"
          + " common";

  @Test
  void lines_labelsOfALargeOffset_areNamed() {
    assertThat(report("standard", 1.7e9, 60).lines()).contains(LABELS);
  }

  @Test
  void lines_labelsThatDiffer_areNot() {
    assertThat(report("standard", 1.7e9, 1e9).lines()).doesNotContain(LABELS);
    assertThat(report("standard", 0, 60).lines()).doesNotContain(LABELS);
  }

  @Test
  void lines_fieldUsedAsItIsWithALargeOffset_isNamed() {
    String named = "  x: its values cannot be told apart";

    assertThat(report("none", 1.7e9, 60).lines()).contains(named);
    assertThat(report("standard", 1.7e9, 60).lines()).doesNotContain(named);
  }

  /** Returns the report on records whose field and label are the same numbers. */
  private static FieldReport report(String scaling, double offset, double spread) {
    Section root =
        Section.root(
            Map.of(
                "records", Map.of("topic", "t"),
                "inputs", Map.of("f", Map.of("fields", List.of("x"), "scaling", scaling)),
                "outputs", Map.of("y", Map.of()),
                "network", Map.of("layers", List.of(Map.of("type", "dense", "units", 1)))));
    ModelDefinition model = ModelDefinition.read(root);
    FieldReport report =
        new FieldReport(RecordSettings.read(root.section("records")).decoder(model), model);
    for (int i = 0; i < 100; i++) {
      double value = offset + spread * i / 100;
      report.add("{\"x\": %s, \"y\": %s}".formatted(value, value).getBytes(UTF_8));
    }
    return report;
  }
}
