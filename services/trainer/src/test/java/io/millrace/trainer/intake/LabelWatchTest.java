package io.millrace.trainer.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.learning.model.ExampleBatch;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.settings.Section;
import io.millrace.trainer.LoggedLines;
import io.millrace.trainer.decoding.shared.RecordDecoder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The warning about labels that single precision cannot tell apart. */
class LabelWatchTest {

  @Test
  void decode_labelsOfALargeOffset_areToldOnce() {
    assertThat(told(1.7e9, 60))
        .singleElement()
        .asString()
        .contains("y: these labels cannot be told apart in single precision");
  }

  @Test
  void decode_labelsThatDiffer_areNotTold() {
    assertThat(told(0, 60)).isEmpty();
    assertThat(told(1.7e9, 1e9)).isEmpty();
  }

  /** Returns the log lines for 3000 records in batches of 8. */
  private static List<String> told(double offset, double spread) {
    Section root =
        Section.root(
            Map.of(
                "records", Map.of("topic", "t"),
                "inputs", Map.of("f", Map.of("fields", List.of("x"))),
                "outputs", Map.of("y", Map.of()),
                "network", Map.of("layers", List.of(Map.of("type", "dense", "units", 1)))));
    ModelDefinition model = ModelDefinition.read(root);
    RecordDecoder decoder =
        LabelWatch.over(RecordSettings.read(root.section("records")).decoder(model), model);
    ExampleBatch rows = new ExampleBatch(8, model.inputWidths(), model.targetWidths());
    try (LoggedLines log = new LoggedLines(LabelWatch.class.getName())) {
      for (int i = 0; i < 3000; i++) {
        double label = offset + spread * (i % 100) / 100;
        assertThat(decoder.decode("{\"x\": 1, \"y\": %s}".formatted(label).getBytes(UTF_8), rows))
            .isNull();
        rows.advance();
        if (rows.isFull()) {
          rows.clear();
        }
      }
      return log.lines();
    }
  }
}
