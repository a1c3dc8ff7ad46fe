package io.millrace.export.keras;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.checkpoints.DefinitionJson;
import io.millrace.export.ExportedModel;
import io.millrace.learning.optimizers.OptimizerDefinition;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * An archive {@code .keras} as {@code model.save()} of Keras 3 writes it: {@code metadata.json},
 * {@code config.json} and {@code model.weights.h5}. Equal models give equal configurations and
 * weights.
 */
public final class KerasArchive {
  private static final String KERAS_VERSION = "3.15.1";

  private final ExportedModel model;
  private final List<String> remarks = new ArrayList<>();
  private final List<Boolean> scaled;
  private final Map<String, KerasNode> nodes = new LinkedHashMap<>();
  private final Map<String, Object> config;

  /**
   * Prepares an archive.
   *
   * @param optimizer what the model was trained with; null: the archive has none
   * @param withScaling whether layers of the archive scale inputs that are only shifted and scaled
   * @throws io.millrace.export.InexpressibleException if Keras does not have a layer, or not with
   *     its name
   */
  public KerasArchive(
      ExportedModel model, @Nullable OptimizerDefinition optimizer, boolean withScaling) {
    this.model = model;
    this.scaled = scaled(model, withScaling);
    KerasNodes.of(model, scaled, remarks).forEach(node -> nodes.put(node.name(), node));
    config = config(CompileArguments.of(model.definition(), optimizer, remarks));
  }

  /** Returns a sentence for each thing that the archive does not have. */
  public List<String> remarks() {
    return List.copyOf(remarks);
  }

  /** Returns by input whether a layer of the archive scales it. */
  public List<Boolean> scaled() {
    return scaled;
  }

  /** Writes the archive. */
  public void write(OutputStream target) throws IOException {
    Path weights = Files.createTempFile("millrace-export", ".weights.h5");
    try {
      KerasWeightsFile.write(
          weights, model, KerasOrder.of(nodes, model.definition().network().outputs()));
      ZipOutputStream archive = new ZipOutputStream(target);
      put(archive, "metadata.json", DefinitionJson.write(metadata()).getBytes(UTF_8));
      put(archive, "config.json", DefinitionJson.write(config).getBytes(UTF_8));
      put(archive, "model.weights.h5", Files.readAllBytes(weights));
      archive.finish();
    } finally {
      Files.delete(weights);
    }
  }

  private static List<Boolean> scaled(ExportedModel model, boolean withScaling) {
    List<Boolean> scaled = new ArrayList<>();
    for (int i = 0; i < model.definition().inputs().size(); i++) {
      scaled.add(withScaling && model.scaling(i).isPresent() && !model.isUnchanged(i));
    }
    return scaled;
  }

  private Map<String, Object> metadata() {
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("keras_version", KERAS_VERSION);
    metadata.put("date_saved", "1970-01-01@00:00:00");
    metadata.putAll(model.identity());
    return metadata;
  }

  private Map<String, Object> config(Map<String, Object> compileArguments) {
    Map<String, Object> functional = new LinkedHashMap<>();
    functional.put("name", model.name());
    functional.put("trainable", true);
    functional.put("layers", nodes.values().stream().map(node -> node.tree(nodes)).toList());
    functional.put(
        "input_layers",
        nodes.values().stream().filter(KerasNode::isInput).map(KerasNode::reference).toList());
    functional.put(
        "output_layers",
        model.definition().network().outputs().stream()
            .map(name -> List.<Object>of(name, 0, 0))
            .toList());
    Map<String, Object> tree =
        KerasObjects.object("keras.src.models.functional", "Functional", functional);
    tree.put("registered_name", "Functional");
    tree.put("compile_config", compileArguments);
    return tree;
  }

  private static void put(ZipOutputStream archive, String name, byte[] content) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTime(0);
    archive.putNextEntry(entry);
    archive.write(content);
    archive.closeEntry();
  }
}
