package io.millrace.trainer.decoding;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.learning.model.ExampleBatch;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.settings.Section;
import io.millrace.trainer.decoding.shared.RecordDecoder;
import io.millrace.trainer.decoding.shared.Rejected;
import io.millrace.trainer.decoding.shared.Rejected.Reason;
import io.millrace.trainer.intake.RecordSettings;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A label without a logarithm is a dead letter where logarithms are learned. */
class TargetDecoderTest {

  @ParameterizedTest
  @ValueSource(strings = {"-0.9999", "0", "1e30"})
  void decode_labelWithALogarithm_isTaken(String label) {
    assertThat(decoded("log", label)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "-1e30", "-0.99999999999"})
  void decode_labelWithoutALogarithm_isRejectedByFieldAndKind(String label) {
    Rejected rejected = new Rejected(Reason.TARGET_RANGE, "cost", "a number that is not above -1");

    assertThat(decoded("log", label)).isEqualTo(rejected);
    assertThat(rejected.message())
        .isEqualTo(
            "a label with target_scaling log must be above -1 in field 'cost', found: a number that"
                + " is not above -1");
  }

  @Test
  void decode_otherScaling_takesAnyNumber() {
    assertThat(decoded("standard", "-1")).isNull();
    assertThat(decoded("none", "-1e30")).isNull();
  }

  private static @Nullable Rejected decoded(String scaling, String label) {
    Section root =
        Section.root(
            Map.of(
                "records", Map.of("topic", "t"),
                "inputs", Map.of("f", Map.of("fields", List.of("x"))),
                "outputs", Map.of("y", Map.of("field", "cost", "target_scaling", scaling)),
                "network", Map.of("layers", List.of(Map.of("type", "dense", "units", 1)))));
    ModelDefinition model = ModelDefinition.read(root);
    RecordDecoder decoder = RecordSettings.read(root.section("records")).decoder(model);
    ExampleBatch rows = new ExampleBatch(1, model.inputWidths(), model.targetWidths());
    return decoder.decode("{\"x\": 1, \"cost\": %s}".formatted(label).getBytes(UTF_8), rows);
  }
}
