package io.millrace.learning.model;

import io.millrace.settings.Section;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The targets of one output that reconstructs: what the network sees of some inputs, one after the
 * other. They are taken before augmentation, so that an augmented record is to be reconstructed as
 * it was [1].
 *
 * <p>[1] P. Vincent, H. Larochelle, Y. Bengio, P.-A. Manzagol, "Extracting and Composing Robust
 * Features with Denoising Autoencoders", 2008.
 */
final class Reconstruction {
  private final int output;
  private final int[] inputs;
  private final int[] widths;
  private final int width;

  private Reconstruction(ModelDefinition definition, int output) {
    this.output = output;
    inputs = inputs(definition, definition.outputs().get(output));
    widths = IntStream.of(inputs).map(input -> definition.inputs().get(input).width()).toArray();
    width = IntStream.of(widths).sum();
  }

  /** Returns those of a model's outputs. */
  static List<Reconstruction> of(ModelDefinition definition) {
    return IntStream.range(0, definition.outputs().size())
        .filter(output -> !definition.outputs().get(output).isLabelled())
        .mapToObj(output -> new Reconstruction(definition, output))
        .toList();
  }

  /** Reports inputs that do not exist or hold indices, and layers of another width. */
  static void check(Section root, ModelDefinition definition) {
    int known = Math.min(definition.outputs().size(), definition.network().outputs().size());
    of(definition).stream()
        .filter(each -> each.output < known)
        .forEach(each -> each.report(root, definition));
  }

  /**
   * Writes the targets of the rows; allocates nothing.
   *
   * @param seen what the network sees, by input: {@code [rows, width]}
   */
  void write(float[][] seen, ExampleBatch rows) {
    float[] target = rows.target(output);
    if (target.length == 0) {
      return; // these rows are not compared with anything
    }
    int start = 0;
    for (int i = 0; i < inputs.length; i++) {
      for (int row = 0; row < rows.size(); row++) {
        System.arraycopy(seen[inputs[i]], row * widths[i], target, row * width + start, widths[i]);
      }
      start += widths[i];
    }
  }

  private void report(Section root, ModelDefinition definition) {
    String path = "outputs." + definition.outputs().get(output).name() + ".reconstructs";
    List<String> names = definition.inputs().stream().map(InputSettings::name).toList();
    if (inputs.length == 0) {
      root.report(
          path,
          "is %s, which is no input; allowed: %s, or one of %s"
              .formatted(
                  definition.outputs().get(output).reconstructs().orElse(""),
                  OutputSettings.ALL_INPUTS,
                  String.join(", ", names)));
      return;
    }
    for (int input : inputs) {
      if (definition.network().indexBound(names.get(input)) > 0) {
        root.report(
            path,
            "has input %s, which holds indices for an embedding; an index is no number to come near"
                    .formatted(names.get(input))
                + " to; allowed: inputs of numbers");
        return;
      }
    }
    int units = definition.outputWidths()[output];
    if (units != width) {
      root.report(
          path,
          "has %d numbers, but layer %s gives %d; make them equal"
              .formatted(width, definition.layerOf(output), units));
    }
  }

  private static int[] inputs(ModelDefinition definition, OutputSettings output) {
    List<String> names = definition.inputs().stream().map(InputSettings::name).toList();
    String wanted = output.reconstructs().orElse("");
    if (names.contains(wanted)) {
      return new int[] {names.indexOf(wanted)};
    }
    return wanted.equals(OutputSettings.ALL_INPUTS)
        ? IntStream.range(0, names.size()).toArray()
        : new int[0];
  }
}
