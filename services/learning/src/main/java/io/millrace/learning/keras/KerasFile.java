package io.millrace.learning.keras;

import io.millrace.settings.InvalidSettingsException;
import io.millrace.settings.Section;
import java.util.List;
import java.util.Map;

/**
 * A file that holds a model of Keras 3 or 2, as {@code model.to_json()} writes it: layers, and
 * where the model was compiled, loss and optimizer.
 */
public final class KerasFile {
  private final KerasModel model;

  private KerasFile(KerasModel model) {
    this.model = model;
  }

  /**
   * Reads what a file holds.
   *
   * @throws InvalidSettingsException where it is no such model
   */
  public static KerasFile read(Map<String, ?> tree) {
    return new KerasFile(KerasModel.read(tree));
  }

  /**
   * Puts what the model was compiled with into the outputs of a document, where these say nothing.
   *
   * @param outputs the document's sections by the outputs' names
   * @param hasOptimizer whether the document has an optimizer
   * @return the optimizer, and what was taken and what was not
   */
  public KerasCompilation compile(Map<String, Section> outputs, boolean hasOptimizer) {
    return new CompileConfig(model).into(outputs, hasOptimizer);
  }

  /**
   * Returns the layers as the sections of {@code network.layers}.
   *
   * @param inputs how many values each of the document's inputs has
   * @param outputs the names of the document's outputs; empty where it has only one
   * @throws InvalidSettingsException where the model has what a network here cannot have; it names
   *     the layer and its class
   */
  public List<Map<String, Object>> layers(Map<String, Integer> inputs, List<String> outputs) {
    return KerasArchitecture.layers(model, inputs, outputs);
  }

  /** Returns problems of the layers as problems of the file, naming the layers that have them. */
  public static InvalidSettingsException named(
      InvalidSettingsException problems, List<Map<String, Object>> layers) {
    return KerasArchitecture.named(problems, layers);
  }
}
