package io.millrace.cli.predict;

import io.millrace.cli.produce.Cell;
import io.millrace.client.PredictionRequest;
import io.millrace.learning.InputSettings;
import io.millrace.learning.ModelDefinition;
import io.millrace.learning.features.FieldCells;
import io.millrace.learning.features.Misfit;
import io.millrace.learning.features.RawForm;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Rows to ask about: the cells of every input of the model, row after row. Confined to one thread.
 */
public final class Features {
  private final List<InputSettings> inputs;
  private final List<List<float[]>> values = new ArrayList<>();
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
    List<float[]> row = new ArrayList<>();
    for (InputSettings input : inputs) {
      float[] cells = new float[input.size()];
      for (FieldCells field : input.cells()) {
        write(field, texts.apply(field.field()), cells, problems);
      }
      row.add(cells);
    }
    if (problems.isEmpty()) {
      for (int i = 0; i < row.size(); i++) {
        values.get(i).add(row.get(i));
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

  /** Returns the cells of an input, [rows, size], as the trainer fills them from a record. */
  float[][] matrix(int input) {
    return values.get(input).toArray(float[][]::new);
  }

  private static void write(
      FieldCells field, List<String> texts, float[] cells, List<String> problems) {
    RawForm form = field.form();
    if (form.list() == null && (texts.size() != 1 || Cell.isNumber(texts.get(0)))) {
      writeList(field, texts, cells, problems);
    } else if (texts.size() > 1) {
      problems.add(field.field() + " is a list, not " + needed(form));
    } else if (texts.isEmpty()) {
      Misfit missing = form.missing("nothing", cells, field.column());
      if (missing != null) {
        problems.add(field.field() + " is missing");
      }
    } else {
      String text = texts.get(0);
      Misfit misfit =
          Cell.isNumber(text) && !form.takesWritten()
              ? form.number(Double.parseDouble(text), cells, field.column())
              : form.text(text, cells, field.column());
      if (misfit != null) {
        problems.add(field.field() + " is \"" + text + "\", not " + needed(form));
      }
    }
  }

  private static void writeList(
      FieldCells field, List<String> texts, float[] cells, List<String> problems) {
    RawForm form = field.form();
    if (texts.isEmpty() && form.missing("nothing", cells, field.column()) == null) {
      return;
    }
    if (texts.size() != form.width()) {
      problems.add(field.field() + " has " + texts.size() + " numbers, not " + form.width());
    }
    for (int i = 0; i < texts.size(); i++) {
      String text = texts.get(i);
      Misfit misfit =
          Cell.isNumber(text)
              ? form.item(i, Double.parseDouble(text), cells, field.column())
              : form.other("text");
      if (misfit != null) {
        problems.add(field.field() + " is \"" + text + "\", not a finite number");
      }
    }
  }

  private static String needed(RawForm form) {
    return switch (form.other("text").kind()) {
      case NOT_A_TEXT -> "a text";
      case NOT_A_TIME -> "a point in time";
      default -> "a finite number";
    };
  }
}
