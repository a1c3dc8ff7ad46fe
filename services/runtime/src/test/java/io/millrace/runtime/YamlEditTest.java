package io.millrace.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class YamlEditTest {
  private static final List<String> RATE = List.of("training", "optimizer", "learning_rate");

  @Test
  void set_optionThatIsThere_changesOnlyIt() {
    String text =
        """
        # Top: é and 𝄞 are one letter each.
        training:   # how it learns
            optimizer:
                type: adam
                learning_rate:   0.01   # by hand

            batch_size: 32
        """;

    assertThat(set(text, 0.0026)).isEqualTo(text.replace("0.01", "0.0026"));
  }

  @Test
  void set_optionThatIsMissing_isInsertedBehindTheFirstOfItsSection() {
    assertThat(set("training:\n  optimizer:\n    type: adam  # why\n    rho: 1\nmodel: m\n", 0.5))
        .isEqualTo(
            "training:\n  optimizer:\n    type: adam  # why\n    learning_rate: 0.5\n    rho: 1\n"
                + "model: m\n");
  }

  @Test
  void set_firstOptionOfManyLines_isInsertedBeforeIt() {
    assertThat(set("training:\n  optimizer:\n    type: >\n      adam\n", 0.5))
        .isEqualTo("training:\n  optimizer:\n    learning_rate: 0.5\n    type: >\n      adam\n");
  }

  @Test
  void set_sectionInBraces_staysInBraces() {
    assertThat(set("training: {optimizer: {type: adam, rho: 1}, batch_size: 2} # x\n", 0.5))
        .isEqualTo(
            "training: {optimizer: {learning_rate: 0.5, type: adam, rho: 1}, batch_size: 2} # x\n");
    assertThat(set("training: {optimizer: {}}", 0.5))
        .isEqualTo("training: {optimizer: {learning_rate: 0.5}}");
  }

  @Test
  void set_json_staysJson() {
    assertThat(set("{\"training\": {\"optimizer\": {\"learning_rate\": 1}}}", 0.5))
        .isEqualTo("{\"training\": {\"optimizer\": {\"learning_rate\": 0.5}}}");
  }

  @Test
  void set_windowsLines_staySo() {
    assertThat(set("training:\r\n  optimizer:\r\n    type: adam\r\n    rho: 1\r\n", 0.5))
        .isEqualTo(
            "training:\r\n  optimizer:\r\n    type: adam\r\n    learning_rate: 0.5\r\n    rho: 1\r\n");
  }

  @Test
  void set_sectionsThatAreMissing_areInsertedInBraces() {
    assertThat(set("model: m\n", 0.5))
        .isEqualTo("model: m\ntraining: {optimizer: {learning_rate: 0.5}}\n");
    assertThat(set("model: m", 0.5))
        .isEqualTo("training: {optimizer: {learning_rate: 0.5}}\nmodel: m");
    assertThat(set("training:\nmodel: m\n", 0.5))
        .isEqualTo("training: {optimizer: {learning_rate: 0.5}}\nmodel: m\n");
  }

  @Test
  void set_nameByASection_replacesIt() {
    Map<String, Object> section = new LinkedHashMap<>();
    section.put("type", "adam");
    section.put("learning_rate", 0.5);

    assertThat(YamlEdit.set("training:\n  optimizer: adam # a\n", RATE.subList(0, 2), section))
        .hasValue("training:\n  optimizer: {type: adam, learning_rate: 0.5} # a\n");
  }

  @Test
  void set_valueThatOthersShare_isRefused() {
    assertThat(
            YamlEdit.set("training:\n  optimizer: {learning_rate: &r 1}\nother: *r\n", RATE, 0.5))
        .isEmpty();
    assertThat(YamlEdit.set("a: &o {learning_rate: 1}\ntraining: {optimizer: *o}\n", RATE, 0.5))
        .isEmpty();
  }

  @Test
  void set_belowAValue_isRefused() {
    assertThat(YamlEdit.set("training:\n  optimizer: adam\n", RATE, 0.5)).isEmpty();
  }

  private static String set(String text, double value) {
    return YamlEdit.set(text, RATE, value).orElseThrow();
  }
}
