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
 * The tensors that a model takes and gives.
 *
 * <p>An input comes as one matrix under its own name, or as one tensor a field under the fields'
 * names, which fills every place that the field has; where a field is named like an input, the
 * input is meant. An output gives what the network computes, {@code [rows, width]}, and, where it
 * has classes, the likeliest one's name, {@code [rows]}, under the output's name and {@value
 * #CLASS_SUFFIX}.
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

  /** Returns the output tensors in the order in which they are answered. */
  public List<Output> outputs() {
    return outputs;
  }

  /** Returns the tensors that clients are told to send. */
  public List<InputTensor> inputTensors() {
    return inputTensors;
  }

  /** Returns where the values of the input tensor {@code name} belong; nowhere if it is unknown. */
  public List<Slot> slots(String name) {
    return slots.getOrDefault(name, List.of());
  }

  /** Returns the places of the fields that a request may leave out. */
  public List<Slot> optionalSlots() {
    return optionalSlots;
  }

  /** Returns whether another takes and gives the same tensors. */
  boolean isLike(ModelSignature other) {
    return forms(inputs).equals(forms(other.inputs)) && outputs.equals(other.outputs);
  }

  /** Returns what has to be the same for one row to be read alike by two models. */
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

  /** Returns how many numbers a row each of the network's outputs has. */
  int[] outputWidths() {
    return outputs.stream()
        .filter(output -> !output.isClass())
        .sorted(Comparator.comparingInt(Output::source))
        .mapToInt(Output::width)
        .toArray();
  }

  /** Returns how many numbers the inputs have together a row. */
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
   * Returns an output of numbers as that of its likeliest classes with their scores.
   *
   * @param count how many, at least 1; all where there are fewer
   * @return null where its numbers are not those of classes
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
   * @param width numbers a row
   * @param indexBound the bound of the whole numbers that it holds; 0 where it holds any numbers
   * @param cells where the value of each field stands, and in which form: what writes a text, a
   *     number or a time that a request holds into a row, as it was written in training
   */
  public record Input(
      String name, List<String> fields, int width, int indexBound, List<FieldCells> cells) {
    public Input {
      fields = List.copyOf(fields);
      cells = List.copyOf(cells);
    }

    /** Returns an input of any numbers. */
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

    /** Returns how many cells a raw row has. */
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

    /** Returns what to send, for people. */
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
   * @param width numbers a row of that output
   * @param classes the names to answer with, by index; empty where the numbers themselves are meant
   * @param boundary the number above which a single one means the second of two classes
   * @param ranked how many of the likeliest classes a row are told with their scores; 0 where the
   *     numbers or the one likeliest class are meant
   */
  public record Output(
      String name, int source, int width, List<ByteString> classes, float boundary, int ranked) {
    public Output {
      classes = List.copyOf(classes);
    }

    /** Whether the tensor holds texts, of classes, rather than numbers. */
    public boolean isClass() {
      return !classes.isEmpty();
    }

    /**
     * Returns the tensors that an output of a network gives.
     *
     * @param boundary the number above which a single one means the second of two classes
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
