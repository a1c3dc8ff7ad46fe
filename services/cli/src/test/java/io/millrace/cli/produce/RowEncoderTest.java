package io.millrace.cli.produce;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.learning.model.ModelDefinition;
import io.millrace.proto.records.v1.LabelledRecord;
import io.millrace.settings.Section;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RowEncoderTest {
  private static final List<String> HEADER = List.of("id", "size", "kind", "weight");
  private static final ModelDefinition CLASSIFICATION =
      model(Map.of("kind", Map.of("classes", List.of("01", "b"))), 2);
  private static final ModelDefinition REGRESSION = model(Map.of("kind", Map.of()), 1);

  @Test
  void json_row_isAnObjectOfItsColumns() {
    assertThat(json("x7", "12.50", "b", "-3e2"))
        .isEqualTo("{\"id\":\"x7\",\"size\":12.50,\"kind\":\"b\",\"weight\":-3e2}");
  }

  @Test
  void json_classThatLooksLikeANumber_staysAText() {
    assertThat(json("1", "2", "01", "3"))
        .isEqualTo("{\"id\":1,\"size\":2,\"kind\":\"01\",\"weight\":3}");
  }

  @Test
  void json_emptyAndMissingAndSurplusCells_areLeftOut() {
    assertThat(json("", "2")).isEqualTo("{\"size\":2}");
    assertThat(json("1", "2", "b", "3", "surplus"))
        .isEqualTo("{\"id\":1,\"size\":2,\"kind\":\"b\",\"weight\":3}");
  }

  @Test
  void json_whatIsNoNumber_staysATextForTheTrainerToReject() {
    assertThat(json("1", "NaN", "b", "12 kg"))
        .isEqualTo("{\"id\":1,\"size\":\"NaN\",\"kind\":\"b\",\"weight\":\"12 kg\"}");
  }

  @Test
  void protobuf_row_holdsInputsInTheOrderOfTheFieldsAndTheClass() throws Exception {
    // When
    EncodedRow row = protobuf(CLASSIFICATION, "x7", " 12.5", "b", "-3e2");

    // Then
    LabelledRecord record = LabelledRecord.parseFrom(row.value());
    assertThat(record.getInputs(0).getName()).isEqualTo("features");
    assertThat(record.getInputs(0).getValuesList()).containsExactly(-300f, 12.5f);
    assertThat(record.getLabels(0).getName()).isEqualTo("kind");
    assertThat(record.getLabels(0).getClassName()).isEqualTo("b");
    assertThat(row.problems()).isEmpty();
  }

  @Test
  void protobuf_numberAsLabel_isANumber() throws Exception {
    LabelledRecord record =
        LabelledRecord.parseFrom(protobuf(REGRESSION, "x", "1", "2.5", "3").value());

    assertThat(record.getLabels(0).getNumbers().getValuesList()).containsExactly(2.5f);
  }

  @Test
  void protobuf_whatTheFormatCannotCarry_isNotANumberAndTold() throws IOException {
    // When
    EncodedRow row = protobuf(CLASSIFICATION, "x7", "abc", "");

    // Then
    LabelledRecord record = LabelledRecord.parseFrom(row.value());
    assertThat(record.getInputs(0).getValuesList()).containsExactly(Float.NaN, Float.NaN);
    assertThat(record.getLabelsList()).isEmpty();
    assertThat(row.problems())
        .containsExactly(
            "weight: the cell is empty",
            "size: \"abc\" is no number that fits 32 bits",
            "kind: the cell is empty");
  }

  @Test
  void protobuf_numberTooLargeForAFloat_isTold() {
    assertThat(protobuf(CLASSIFICATION, "x", "1e300", "b", "1").problems())
        .containsExactly("size: \"1e300\" is no number that fits 32 bits");
  }

  private static String json(String... cells) {
    return new String(
        RowEncoder.json(CLASSIFICATION, HEADER).encode(List.of(cells)).value(), UTF_8);
  }

  private static EncodedRow protobuf(ModelDefinition model, String... cells) {
    return RowEncoder.protobuf(model, HEADER).encode(List.of(cells));
  }

  private static ModelDefinition model(Map<String, Object> outputs, int units) {
    Section root =
        Section.root(
            Map.of(
                "inputs",
                Map.of("features", Map.of("fields", List.of("weight", "size"))),
                "outputs",
                outputs,
                "network",
                Map.of("layers", List.of(Map.of("type", "dense", "units", units)))));
    ModelDefinition model = ModelDefinition.read(root);
    root.finish();
    return model;
  }
}
