package io.millrace.predictor.following;

import io.millrace.learning.features.FieldCells;
import io.millrace.predictor.following.ModelSignature.Input;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An input tensor in the model's metadata. An input of numbers is one matrix; an input with texts
 * or points in time is one tensor per field, under the field's name.
 *
 * @param width elements per row
 * @param isText whether the elements are BYTES; otherwise FP32
 * @param isOptional whether a request may leave the tensor out
 */
public record InputTensor(String name, int width, boolean isText, boolean isOptional) {

  static List<InputTensor> of(List<Input> inputs) {
    Map<String, InputTensor> tensors = new LinkedHashMap<>();
    for (Input input : inputs) {
      if (input.hasTexts()) {
        input.cells().forEach(cells -> tensors.merge(cells.field(), of(cells), InputTensor::both));
      } else {
        boolean isOptional = input.cells().stream().allMatch(each -> each.form().takesMissing());
        tensors.put(input.name(), new InputTensor(input.name(), input.width(), false, isOptional));
      }
    }
    return List.copyOf(tensors.values());
  }

  /**
   * Merges the tensors of a field that several inputs use: it is optional only if it is in all of
   * them.
   */
  private static InputTensor both(InputTensor first, InputTensor second) {
    return new InputTensor(
        first.name, first.width, first.isText, first.isOptional && second.isOptional);
  }

  private static InputTensor of(FieldCells cells) {
    boolean isText = cells.form().isText();
    return new InputTensor(
        cells.field(), isText ? 1 : cells.form().numbers(), isText, cells.form().takesMissing());
  }
}
