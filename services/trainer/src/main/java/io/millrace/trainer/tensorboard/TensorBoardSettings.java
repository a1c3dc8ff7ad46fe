package io.millrace.trainer.tensorboard;

import io.millrace.settings.Problem;
import io.millrace.settings.Section;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The section {@code tensorboard} of a model's settings.
 *
 * @param logDir the folder that TensorBoard is given
 * @param histogramsEvery evaluations between two looks into the weights; 0 for none
 * @param embeddings whether the tables of embedding layers are written for the projector
 * @param shown the settings that are shown: those that decide what is learned, without any of the
 *     connections to others
 */
public record TensorBoardSettings(
    Path logDir, int histogramsEvery, boolean embeddings, Map<String, Object> shown) {

  /**
   * Reads the section, if there is one.
   *
   * @param learned the keys of the sections that decide what is learned
   */
  public static Optional<TensorBoardSettings> read(Section root, String... learned) {
    return root.optionalSection("tensorboard")
        .map(section -> readPresent(section, root.tree(learned)));
  }

  private static TensorBoardSettings readPresent(Section section, Map<String, Object> shown) {
    return new TensorBoardSettings(
        section.filePath(
            "log_dir",
            "folder for TensorBoard's files; each model has one of its own name in it, with the"
                + " runs train and validation, and one for each of its rivals",
            "logs"),
        section
            .integer(
                "histograms_every",
                "evaluations between two histograms of all weights and gradients, with the confusion"
                    + " matrix; 0 for none")
            .atLeast(0)
            .orElse(10),
        section
            .flag(
                "embeddings",
                "whether the tables of embedding layers are written for the projector, as often")
            .orElse(false),
        shown);
  }

  /** Returns the folder of a model's runs. */
  Path folder(String model) {
    return logDir.resolve(model);
  }

  /** Returns why a model's files cannot be written on this machine; empty if they can be. */
  public Optional<Problem> problem(String model) {
    Path folder = folder(model);
    try {
      Files.createDirectories(folder);
      if (Files.isWritable(folder)) {
        return Optional.empty();
      }
      return Optional.of(unwritable("it may not be written"));
    } catch (IOException e) {
      return Optional.of(unwritable(FileFailure.reason(e)));
    }
  }

  private Problem unwritable(String reason) {
    return new Problem(
        "tensorboard.log_dir",
        "is %s, which cannot be used (%s); allowed: a folder that this process may write"
            .formatted(logDir, reason));
  }
}
