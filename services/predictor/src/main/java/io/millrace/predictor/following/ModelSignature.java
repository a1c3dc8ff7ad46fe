package io.millrace.predictor.following;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tensors that a model takes and gives.
 *
 * <p>An input comes as one matrix under its own name, or as one column a field under the fields'
 * names; where a field is named like an input, the input is meant. An output gives what the network
 * computes, {@code [rows, width]}, and, where it has classes, the likeliest one's name, {@code
 * [rows]}, under the output's name and {@value #CLASS_SUFFIX}.
 */
public final class ModelSignature {
  public static final String CLASS_SUFFIX = "_class";

  private final List<Input> inputs;
  private final List<Output> outputs;
  private final Map<String, Slot> slots = new HashMap<>();
  private final Map<String, Output> outputsByName = new HashMap<>();
  private final int totalWidth;

  public ModelSignature(List<Input> inputs, List<Output> outputs) {
    this.inputs = List.copyOf(inputs);
    this.outputs = List.copyOf(outputs);
    this.totalWidth = inputs.stream().mapToInt(Input::width).sum();
    placeInputs();
    placeFields();
    outputs.forEach(output -> outputsByName.put(output.name(), output));
  }

  public List<Input> inputs() {
    return inputs;
  }

  /** Returns the output tensors in the order in which they are answered. */
  public List<Output> outputs() {
    return outputs;
  }

  /** Returns where the values of the input tensor {@code name} belong. */
  public @Nullable Slot slot(String name) {
    return slots.get(name);
  }

  /** Returns whether another takes and gives the same tensors. */
  boolean isLike(ModelSignature other) {
    return inputs.equals(other.inputs) && outputs.equals(other.outputs);
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
        List<String> fields = input.fields();
        return fields.isEmpty() ? input.name() : fields.get(position - first);
      }
      first += input.width();
    }
    throw new IndexOutOfBoundsException(position);
  }

  public @Nullable Output output(String name) {
    return outputsByName.get(name);
  }

  private void placeInputs() {
    int position = 0;
    for (int i = 0; i < inputs.size(); i++) {
      Input input = inputs.get(i);
      slots.put(input.name(), new Slot(i, 0, input.width(), position));
      position += input.width();
    }
  }

  private void placeFields() {
    int position = 0;
    for (int i = 0; i < inputs.size(); i++) {
      List<String> fields = inputs.get(i).fields();
      for (int column = 0; column < fields.size(); column++) {
        slots.putIfAbsent(fields.get(column), new Slot(i, column, 1, position + column));
      }
      position += inputs.get(i).width();
    }
  }

  /**
   * An input of the network.
   *
   * @param fields the names of its columns
   * @param width numbers a row
   * @param indexBound the bound of the whole numbers that it holds; 0 where it holds any numbers
   */
  public record Input(String name, List<String> fields, int width, int indexBound) {
    public Input {
      fields = List.copyOf(fields);
    }

    /** Returns an input of any numbers. */
    public Input(String name, List<String> fields, int width) {
      this(name, fields, width, 0);
    }

    /** Returns what to send, for people. */
    @Override
    public String toString() {
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
   */
  public record Output(String name, int source, int width, List<ByteString> classes) {
    public Output {
      classes = List.copyOf(classes);
    }

    /** Whether the tensor holds names of classes rather than numbers. */
    public boolean isClass() {
      return !classes.isEmpty();
    }

    /** Returns the tensors that an output of a network gives. */
    public static List<Output> of(String name, int source, int width, List<String> classes) {
      List<Output> tensors = new ArrayList<>(2);
      tensors.add(new Output(name, source, width, List.of()));
      if (!classes.isEmpty()) {
        List<ByteString> names = classes.stream().map(ByteString::copyFromUtf8).toList();
        tensors.add(new Output(name + CLASS_SUFFIX, source, width, names));
      }
      return tensors;
    }
  }

  /**
   * Where a tensor's values go.
   *
   * @param input the index of the network's input
   * @param column the first column of it
   * @param width how many columns
   * @param position of the first column among those of all inputs
   */
  public record Slot(int input, int column, int width, int position) {}
}
