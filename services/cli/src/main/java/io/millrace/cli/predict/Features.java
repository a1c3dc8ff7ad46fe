package io.millrace.cli.predict;

import io.millrace.cli.produce.Cell;
import io.millrace.client.PredictionRequest;
import io.millrace.learning.features.FieldCells;
import io.millrace.learning.features.Misfit;
import io.millrace.learning.features.RawForm;
import io.millrace.learning.features.UntypedNumbers;
import io.millrace.learning.model.InputSettings;
import io.millrace.learning.model.ModelDefinition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Rows to predict, checked by the same forms as records. If the model has texts or times, every
 * field is sent as a tensor, texts and times as written; otherwise every input is. Confined to one
 * thread.
 */
public final class Features {
  private final List<InputSettings> inputs;
  private final List<List<float[]>> values = new ArrayList<>();
  private final Map<String, List<@Nullable String>> written = new LinkedHashMap<>();
  private int rows;

  public Features(ModelDefinition model) {
    this.inputs = model.inputs();
    inputs.forEach(input -> values.add(new ArrayList<>()));
    inputs.stream()
        .flatMap(input -> input.cells().stream())
        .filter(cells -> cells.form().isText())
        .forEach(cells -> written.put(cells.field(), new ArrayList<>()));
  }

  /**
   * Adds a row, or nothing if it has problems.
   *
   * @param texts returns the texts of a field: one for a number, more for a vector, none if it is
   *     absent
   * @return the problems; empty if the row was added
   */
  public List<String> add(Function<String, List<String>> texts) {
    List<String> problems = new ArrayList<>();
    List<float[]> row = new ArrayList<>();
    for (InputSettings input : inputs) {
      float[] cells = new float[input.size()];
      for (FieldCells field : input.cells()) {
        write(field, items(field.form(), texts.apply(field.field())), cells, problems);
      }
      row.add(cells);
    }
    if (problems.isEmpty()) {
      for (int i = 0; i < row.size(); i++) {
        values.get(i).add(row.get(i));
      }
      written.forEach(
          (field, kept) -> kept.add(texts.apply(field).stream().findFirst().orElse(null)));
      rows++;
    }
    return problems;
  }

  public int rows() {
    return rows;
  }

  /** Returns the request for the added rows. */
  public PredictionRequest requestTo(String model) {
    PredictionRequest request = PredictionRequest.to(model);
    if (written.isEmpty()) {
      for (int i = 0; i < inputs.size(); i++) {
        request.numbers(inputs.get(i).name(), matrix(i));
      }
    } else {
      written.forEach((field, texts) -> request.texts(field, texts.toArray(String[]::new)));
      addNumbers(request);
    }
    return request;
  }

  /**
   * Returns the numbers of an input, {@code [rows, numbers]}, as the trainer reads them from a
   * record.
   */
  double[][] matrix(int input) {
    return values.get(input).stream()
        .map(cells -> numbers(cells, inputs.get(input).cells()))
        .toArray(double[][]::new);
  }

  /** Adds the fields that are not texts, each once, even if several inputs use it. */
  private void addNumbers(PredictionRequest request) {
    Set<String> added = new HashSet<>(written.keySet());
    for (int i = 0; i < inputs.size(); i++) {
      for (FieldCells field : inputs.get(i).cells()) {
        if (added.add(field.field())) {
          request.numbers(field.field(), columns(i, field));
        }
      }
    }
  }

  private double[][] columns(int input, FieldCells field) {
    return values.get(input).stream()
        .map(cells -> numbers(cells, List.of(field)))
        .toArray(double[][]::new);
  }

  private static double[] numbers(float[] cells, List<FieldCells> fields) {
    return fields.stream()
        .flatMapToDouble(
            field ->
                IntStream.range(0, field.form().numbers())
                    .mapToDouble(i -> field.form().read(i, cells, field.column())))
        .toArray();
  }

  /** Returns the items of a list that is written in one cell, as {@code 1;2;3}. */
  private static List<String> items(RawForm form, List<String> texts) {
    String[] parts =
        form.list() == null && texts.size() == 1
            ? UntypedNumbers.parts(texts.get(0))
            : new String[0];
    return parts.length == 0 ? texts : List.of(parts);
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
      Misfit misfit = form.untyped(text, cells, field.column());
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
    if (texts.size() != form.numbers()) {
      problems.add(field.field() + " has " + texts.size() + " numbers, not " + form.numbers());
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
