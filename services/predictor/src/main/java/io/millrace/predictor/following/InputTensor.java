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
 * @param isOptional whether a request may leave it out
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

  /** Returns the tensor of a field of several inputs: it may be left out where all allow that. */
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
