package io.millrace.cli.predict;

import io.millrace.client.PredictionRequest;
import io.millrace.learning.InputSettings;
import io.millrace.learning.ModelDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Rows to ask about: the numbers of every input of the model, row after row. Confined to one
 * thread.
 */
public final class Features {
  private final List<InputSettings> inputs;
  private final List<List<Float>> values = new ArrayList<>();
  private int rows;

  public Features(ModelDefinition model) {
    this.inputs = model.inputs();
    inputs.forEach(input -> values.add(new ArrayList<>()));
  }

  /**
   * Adds a row, or nothing of it.
   *
   * @param texts gives the texts of a field: one for a number, more for a vector, none where it is
   *     absent
   * @return what is wrong with the row; empty where it was added
   */
  public List<String> add(Function<String, List<String>> texts) {
    List<String> problems = new ArrayList<>();
    List<List<Float>> row = new ArrayList<>();
    for (InputSettings input : inputs) {
      row.add(
          input.fields().isEmpty()
              ? vector(input, texts, problems)
              : scalars(input, texts, problems));
    }
    if (problems.isEmpty()) {
      for (int i = 0; i < row.size(); i++) {
        values.get(i).addAll(row.get(i));
      }
      rows++;
    }
    return problems;
  }

  public int rows() {
    return rows;
  }

  /** Returns the question for the rows that were added. */
  public PredictionRequest requestTo(String model) {
    PredictionRequest request = PredictionRequest.to(model);
    for (int i = 0; i < inputs.size(); i++) {
      request.numbers(inputs.get(i).name(), matrix(i));
    }
    return request;
  }

  /** Returns the numbers of an input, [rows, size]. */
  float[][] matrix(int input) {
    List<Float> numbers = values.get(input);
    int width = inputs.get(input).size();
    float[][] matrix = new float[rows][width];
    for (int i = 0; i < numbers.size(); i++) {
      matrix[i / width][i % width] = numbers.get(i);
    }
    return matrix;
  }

  private static List<Float> scalars(
      InputSettings input, Function<String, List<String>> texts, List<String> problems) {
    List<Float> result = new ArrayList<>();
    for (String field : input.fields()) {
      List<String> found = texts.apply(field);
      if (found.size() == 1) {
        result.add(number(field, found.get(0), problems));
      } else {
        problems.add(field + (found.isEmpty() ? " is missing" : " is a list, not a number"));
      }
    }
    return result;
  }

  private static List<Float> vector(
      InputSettings input, Function<String, List<String>> texts, List<String> problems) {
    List<String> found = texts.apply(input.name());
    if (found.size() != input.size()) {
      problems.add(input.name() + " has " + found.size() + " numbers, not " + input.size());
    }
    return found.stream().map(text -> number(input.name(), text, problems)).toList();
  }

  private static float number(String field, String text, List<String> problems) {
    float value;
    try {
      value = Float.parseFloat(text);
    } catch (NumberFormatException e) {
      value = Float.NaN;
    }
    if (!Float.isFinite(value)) {
      problems.add(field + " is \"" + text + "\", not a finite number");
    }
    return value;
  }
}
