package io.millrace.learning.keras;

import io.millrace.settings.InvalidSettingsException;
import io.millrace.settings.Section;
import java.util.List;
import java.util.Map;

/**
 * A file with a Keras 3 or 2 model, as written by {@code model.to_json()}: its layers, and if the
 * model was compiled, loss and optimizer.
 */
public final class KerasFile {
  private final KerasModel model;

  private KerasFile(KerasModel model) {
    this.model = model;
  }

  /**
   * Reads the content of a file.
   *
   * @throws InvalidSettingsException if it is not such a model
   */
  public static KerasFile read(Map<String, ?> tree) {
    return new KerasFile(KerasModel.read(tree));
  }

  /**
   * Copies the compile configuration into the outputs of a document where they have no settings.
   *
   * @param outputs the document's sections by the outputs' names
   * @param hasOptimizer whether the document has an optimizer
   * @return the optimizer, and remarks on what was taken and what was skipped
   */
  public KerasCompilation compile(Map<String, Section> outputs, boolean hasOptimizer) {
    return new CompileConfig(model).into(outputs, hasOptimizer);
  }

  /**
   * Returns the layers as the sections of {@code network.layers}.
   *
   * @param inputs how many values each of the document's inputs has
   * @param outputs the names of the document's outputs; empty if it has only one
   * @throws InvalidSettingsException if the model has something unsupported; it names the layer and
   *     its class
   */
  public List<Map<String, Object>> layers(Map<String, Integer> inputs, List<String> outputs) {
    return KerasArchitecture.layers(model, inputs, outputs);
  }

  /** Returns problems of the layers as problems of the file, with the names of the layers. */
  public static InvalidSettingsException named(
      InvalidSettingsException problems, List<Map<String, Object>> layers) {
    return KerasArchitecture.named(problems, layers);
  }
}
