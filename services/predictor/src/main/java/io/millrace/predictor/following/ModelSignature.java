package io.millrace.predictor.following;

import com.google.protobuf.ByteString;
import io.millrace.learning.features.FieldCells;
import io.millrace.learning.features.NumberForm;
import io.millrace.learning.features.Precision;
import io.millrace.learning.features.RawForm;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The input and output tensors of a model. Immutable.
 *
 * <p>An input is sent as one matrix under its own name, or as one tensor per field under the
 * field's name. A field's tensor fills every place that the field has. If a field and an input have
 * the same name, the name means the input. An output gives the network's numbers, {@code [rows,
 * width]}. If it has classes, a second tensor gives the name of the likeliest one, {@code [rows]},
 * under the output's name and {@value #CLASS_SUFFIX}.
 */
public final class ModelSignature {
  public static final String CLASS_SUFFIX = "_class";

  private final List<Input> inputs;
  private final List<Output> outputs;
  private final List<InputTensor> inputTensors;
  private final Map<String, List<Slot>> slots = new HashMap<>();
  private final List<Slot> optionalSlots = new ArrayList<>();
  private final Map<String, Output> outputsByName = new HashMap<>();
  private final int totalWidth;

  public ModelSignature(List<Input> inputs, List<Output> outputs) {
    this.inputs = List.copyOf(inputs);
    this.outputs = List.copyOf(outputs);
    this.totalWidth = inputs.stream().mapToInt(Input::width).sum();
    this.inputTensors = InputTensor.of(inputs);
    placeFields();
    placeInputs();
    outputs.forEach(output -> outputsByName.put(output.name(), output));
  }

  public List<Input> inputs() {
    return inputs;
  }

  /** Returns the output tensors in the order of the answer. */
  public List<Output> outputs() {
    return outputs;
  }

  /** Returns the input tensors of the model's metadata. */
  public List<InputTensor> inputTensors() {
    return inputTensors;
  }

  /** Returns where the values of the input tensor {@code name} go; empty if the name is unknown. */
  public List<Slot> slots(String name) {
    return slots.getOrDefault(name, List.of());
  }

  /** Returns the slots of the fields that a request may leave out. */
  public List<Slot> optionalSlots() {
    return optionalSlots;
  }

  /** Returns whether another signature has the same tensors. */
  boolean isLike(ModelSignature other) {
    return forms(inputs).equals(forms(other.inputs)) && outputs.equals(other.outputs);
  }

  /** Returns what two models must have in common to read a row alike. */
  private static List<List<Object>> forms(List<Input> inputs) {
    List<List<Object>> forms = new ArrayList<>();
    for (Input input : inputs) {
      forms.add(List.of(input.name(), input.fields(), input.width(), input.indexBound()));
      for (FieldCells cells : input.cells()) {
        forms.add(
            List.of(cells.field(), cells.column(), cells.form().width(), cells.form().getClass()));
      }
    }
    return forms;
  }

  /** Returns the width of each of the network's outputs, in numbers per row. */
  int[] outputWidths() {
    return outputs.stream()
        .filter(output -> !output.isClass())
        .sorted(Comparator.comparingInt(Output::source))
        .mapToInt(Output::width)
        .toArray();
  }

  /** Returns the width of all inputs together, in numbers per row. */
  public int totalWidth() {
    return totalWidth;
  }

  /** Returns the name of the field at a position among the columns of all inputs. */
  public String columnName(int position) {
    int first = 0;
    for (Input input : inputs) {
      if (position < first + input.width()) {
        return input.fieldAt(position - first);
      }
      first += input.width();
    }
    throw new IndexOutOfBoundsException(position);
  }

  public @Nullable Output output(String name) {
    return outputsByName.get(name);
  }

  /**
   * Returns an output of numbers as an output of its likeliest classes with their scores.
   *
   * @param count how many classes, at least 1; capped at the number of classes
   * @return null if the output has no classes
   */
  public @Nullable Output ranked(Output numbers, int count) {
    for (Output other : outputs) {
      if (other.isClass() && other.source() == numbers.source() && !numbers.isClass()) {
        List<ByteString> classes = other.classes();
        int ranked = Math.min(count, classes.size());
        return new Output(
            numbers.name(), other.source(), other.width(), classes, other.boundary(), ranked);
      }
    }
    return null;
  }

  private void placeFields() {
    int position = 0;
    for (int i = 0; i < inputs.size(); i++) {
      for (FieldCells cells : inputs.get(i).cells()) {
        Slot slot = Slot.of(i, position, List.of(cells));
        slots.computeIfAbsent(cells.field(), field -> new ArrayList<>()).add(slot);
        if (cells.form().takesMissing()) {
          optionalSlots.add(slot);
        }
        position += slot.width();
      }
    }
  }

  private void placeInputs() {
    int position = 0;
    for (int i = 0; i < inputs.size(); i++) {
      Input input = inputs.get(i);
      slots.put(input.name(), List.of(Slot.of(i, position, input.cells())));
      position += input.width();
    }
  }

  /**
   * An input of the network.
   *
   * @param fields the names of its columns
   * @param width numbers per row
   * @param indexBound the exclusive upper bound of the indices that it holds; 0 if it holds
   *     arbitrary numbers
   * @param cells the place and the form of each field's value; they write a text, a number or a
   *     time of a request into a row as training does
   */
  public record Input(
      String name, List<String> fields, int width, int indexBound, List<FieldCells> cells) {
    public Input {
      fields = List.copyOf(fields);
      cells = List.copyOf(cells);
    }

    /** Returns an input of arbitrary numbers. */
    public Input(String name, List<String> fields, int width) {
      this(name, fields, width, 0, numbers(fields));
    }

    private static List<FieldCells> numbers(List<String> fields) {
      List<FieldCells> cells = new ArrayList<>();
      for (String field : fields) {
        cells.add(new FieldCells(field, new NumberForm(Precision.SINGLE, false), cells.size()));
      }
      return cells;
    }

    /** Returns the number of cells of a raw row. */
    public int cellWidth() {
      return cells.stream().mapToInt(each -> each.form().width()).sum();
    }

    boolean hasTexts() {
      return cells.stream().anyMatch(each -> each.form().isText());
    }

    private String fieldAt(int column) {
      int end = 0;
      for (FieldCells field : cells) {
        end += field.form().numbers();
        if (column < end) {
          return field.field();
        }
      }
      return name;
    }

    /** Describes to people what to send. */
    @Override
    public String toString() {
      return hasTexts()
          ? cells.stream().map(Input::described).collect(Collectors.joining(", "))
          : describedAsMatrix();
    }

    private static String described(FieldCells cells) {
      RawForm form = cells.form();
      String width = form.isText() || form.numbers() == 1 ? "" : ", " + form.numbers();
      return "'%s' [rows%s]%s".formatted(cells.field(), width, form.isText() ? " of BYTES" : "");
    }

    private String describedAsMatrix() {
      return "'%s' [rows, %d]%s"
          .formatted(name, width, fields.isEmpty() ? "" : " or its fields, each [rows]: " + fields);
    }
  }

  /**
   * A tensor of the answer.
   *
   * @param source the index of the network's output that it is made from
   * @param width the width of that output, in numbers per row
   * @param classes the class names by index; empty for a tensor of numbers
   * @param boundary the threshold above which a single number means the second of two classes
   * @param ranked how many of the likeliest classes are given per row, with their scores; 0 for the
   *     numbers or the likeliest class alone
   */
  public record Output(
      String name, int source, int width, List<ByteString> classes, float boundary, int ranked) {
    public Output {
      classes = List.copyOf(classes);
    }

    /** Returns whether the tensor holds class names as text, rather than numbers. */
    public boolean isClass() {
      return !classes.isEmpty();
    }

    /**
     * Returns the tensors of one output of a network.
     *
     * @param boundary the threshold above which a single number means the second of two classes
     */
    public static List<Output> of(
        String name, int source, int width, List<String> classes, float boundary) {
      List<Output> tensors = new ArrayList<>(2);
      tensors.add(new Output(name, source, width, List.of(), boundary, 0));
      if (!classes.isEmpty()) {
        List<ByteString> names = classes.stream().map(ByteString::copyFromUtf8).toList();
        tensors.add(new Output(name + CLASS_SUFFIX, source, width, names, boundary, 0));
      }
      return tensors;
    }
  }
}
