package io.millrace.cli.produce;

import io.millrace.learning.model.InputSettings;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.learning.model.OutputSettings;
import io.millrace.proto.records.v1.Label;
import io.millrace.proto.records.v1.LabelledRecord;
import io.millrace.proto.records.v1.NamedValues;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a row as a {@link LabelledRecord}. A cell that is not a number becomes NaN, which the
 * trainer rejects, with a problem that quotes the cell. An empty label is left out.
 */
final class ProtobufRowEncoder implements RowEncoder {
  private final ModelDefinition model;
  private final List<String> header;

  ProtobufRowEncoder(ModelDefinition model, List<String> header) {
    this.model = model;
    this.header = List.copyOf(header);
  }

  @Override
  public EncodedRow encode(List<String> cells) {
    List<String> problems = new ArrayList<>();
    LabelledRecord.Builder message = LabelledRecord.newBuilder();
    for (InputSettings input : model.inputs()) {
      NamedValues.Builder values = message.addInputsBuilder().setName(input.name());
      input.fields().forEach(field -> values.addValues(number(field, cells, problems)));
    }
    for (OutputSettings output : model.labelledOutputs()) {
      addLabel(message, output, cells, problems);
    }
    return new EncodedRow(message.build().toByteArray(), problems);
  }

  private void addLabel(
      LabelledRecord.Builder message,
      OutputSettings output,
      List<String> cells,
      List<String> problems) {
    String text = text(output.field(), cells);
    if (text.isEmpty()) {
      problems.add(output.field() + ": the cell is empty");
      return;
    }
    Label.Builder label = message.addLabelsBuilder().setName(output.name());
    if (output.classes().isEmpty()) {
      label.getNumbersBuilder().addValues(number(output.field(), cells, problems));
    } else {
      label.setClassName(text);
    }
  }

  private float number(String field, List<String> cells, List<String> problems) {
    String text = text(field, cells);
    float number = Cell.toFloat(text);
    if (text.isEmpty()) {
      problems.add(field + ": the cell is empty");
    } else if (!Float.isFinite(number)) {
      problems.add(field + ": \"" + text + "\" is no number that fits 32 bits");
    }
    return number;
  }

  private String text(String field, List<String> cells) {
    int column = header.indexOf(field);
    return column >= 0 && column < cells.size() ? cells.get(column).strip() : "";
  }
}
