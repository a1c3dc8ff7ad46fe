package io.millrace.predictor.following;

import io.millrace.learning.features.FieldCells;
import io.millrace.predictor.following.ModelSignature.Input;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A tensor that a client is told to send: a matrix for an input of numbers; a tensor a field, named
 * as in the records, for an input with texts or points in time.
 *
 * @param width how many elements a row
 * @param isText whether they are BYTES, else FP32
 */
public record InputTensor(String name, int width, boolean isText) {

  static List<InputTensor> of(List<Input> inputs) {
    Map<String, InputTensor> tensors = new LinkedHashMap<>();
    for (Input input : inputs) {
      if (input.hasTexts()) {
        input.cells().forEach(cells -> tensors.putIfAbsent(cells.field(), of(cells)));
      } else {
        tensors.put(input.name(), new InputTensor(input.name(), input.width(), false));
      }
    }
    return List.copyOf(tensors.values());
  }

  private static InputTensor of(FieldCells cells) {
    boolean isText = cells.form().isText();
    return new InputTensor(cells.field(), isText ? 1 : cells.form().numbers(), isText);
  }
}
