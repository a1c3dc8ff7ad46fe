package io.millrace.cli.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.checkpoints.Checkpoint;
import io.millrace.checkpoints.CheckpointFile;
import io.millrace.cli.failures.CommandFailedException;
import io.millrace.export.ExportedModel;
import io.millrace.export.PreprocessingFile;
import io.millrace.export.keras.KerasArchive;
import io.millrace.export.onnx.OnnxModel;
import io.millrace.export.safetensors.Safetensors;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.learning.optimizers.OptimizerDefinition;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A model's file, and the JSON beside it where the file alone does not tell how records become
 * inputs. A file appears as a whole or not at all.
 */
public final class ExportedFiles {
  private static final String BESIDE = ".preprocessing.json";

  private final Path file;
  private final Path beside;

  /**
   * @throws CommandFailedException if a file is there already and must not be replaced
   */
  public ExportedFiles(Path file, boolean replaces) {
    this.file = file;
    beside = file.resolveSibling(file.getFileName() + BESIDE);
    for (Path each : List.of(file, beside)) {
      if (!replaces && Files.exists(each)) {
        throw new CommandFailedException(each + " exists; --force replaces it");
      }
    }
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder) || Files.isDirectory(file)) {
      throw new CommandFailedException(
          file + " cannot be written: it is a folder, or its folder is not there");
    }
  }

  /**
   * Writes an archive of Keras.
   *
   * @param withScaling whether layers of the archive scale inputs that are only shifted and scaled
   * @return sentences about what the files have and do not have
   */
  public List<String> writeKeras(
      ExportedModel model, OptimizerDefinition optimizer, boolean withScaling) throws IOException {
    KerasArchive archive = new KerasArchive(model, optimizer, withScaling);
    write(file, archive::write);
    List<String> sentences = new ArrayList<>(archive.remarks());
    sentences.addAll(writeBeside(model, archive.scaled(), false));
    return sentences;
  }

  /**
   * Writes a model of ONNX.
   *
   * @param withPreprocessing whether the model does the preprocessing that ONNX has operators for
   * @return sentences as {@link #writeKeras} does
   */
  public List<String> writeOnnx(ExportedModel model, boolean withPreprocessing) throws IOException {
    OnnxModel onnx = new OnnxModel(model, withPreprocessing);
    write(file, onnx::write);
    List<String> sentences = new ArrayList<>(onnx.remarks());
    sentences.addAll(writeBeside(model, onnx.inGraph(), true));
    return sentences;
  }

  /** Writes a version as Millrace reads it again, and returns a sentence about it. */
  public List<String> writeMillrace(Checkpoint checkpoint) throws IOException {
    write(file, target -> CheckpointFile.write(checkpoint, target));
    return List.of("`millrace import` takes it; the records and the optimizer's state stay here");
  }

  /** Writes the weights alone, and returns sentences as {@link #writeKeras} does. */
  public List<String> writeSafetensors(ExportedModel model) throws IOException {
    write(file, target -> Safetensors.write(model, target));
    return writeBeside(
        model, model.definition().inputs().stream().map(input -> false).toList(), false);
  }

  /**
   * @param prepared by input, whether the model prepares it
   * @param isUnscaled whether the model gives numbers in the units of the labels
   */
  private List<String> writeBeside(ExportedModel model, List<Boolean> prepared, boolean isUnscaled)
      throws IOException {
    List<String> sentences = new ArrayList<>();
    ModelDefinition definition = model.definition();
    boolean isNeeded = false;
    for (int i = 0; i < prepared.size(); i++) {
      String name = definition.inputs().get(i).name();
      if (prepared.get(i)) {
        sentences.add("input %s: the model takes what records hold".formatted(name));
      } else if (!model.isUnchanged(i)) {
        isNeeded = true;
        sentences.add(
            "input %s: the model takes prepared numbers; %s says how they are made"
                .formatted(name, beside.getFileName()));
      }
    }
    for (int i = 0; i < definition.outputs().size(); i++) {
      if (!isUnscaled && !model.isUnscaled(i)) {
        isNeeded = true;
        sentences.add(
            "output %s: the model gives scaled numbers; %s says what they mean"
                .formatted(definition.outputs().get(i).name(), beside.getFileName()));
      }
    }
    if (isNeeded) {
      byte[] content = PreprocessingFile.write(model, prepared).getBytes(UTF_8);
      write(beside, target -> target.write(content));
    } else {
      Files.deleteIfExists(beside); // that of a model that was here before
    }
    return sentences;
  }

  /** Writes to a file beside the target, which then takes its place. */
  private static void write(Path target, Content content) throws IOException {
    Path written =
        Files.createTempFile(target.toAbsolutePath().getParent(), ".millrace-export", ".part");
    try {
      try (OutputStream stream = Files.newOutputStream(written)) {
        content.writeTo(stream);
      }
      Files.move(written, target, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(written);
    }
  }

  /** Writes a file's content. */
  private interface Content {
    void writeTo(OutputStream target) throws IOException;
  }
}
