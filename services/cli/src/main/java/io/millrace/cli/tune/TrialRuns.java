package io.millrace.cli.tune;

import io.millrace.cli.failures.CommandFailedException;
import io.millrace.trainer.tensorboard.TrialRun;
import io.millrace.tuning.trials.Monitor;
import io.millrace.tuning.trials.TrialResult;
import io.millrace.tuning.trials.TrialResult.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A search's trials as runs of TensorBoard, one folder each.
 *
 * @param folder the folder that TensorBoard is given
 */
record TrialRuns(Path folder, Monitor monitor) {

  /**
   * Requires that the folder has no runs of another search.
   *
   * @param resume whether runs of an interrupted search may be there
   */
  void requireFree(boolean resume) throws IOException {
    if (resume || !Files.exists(folder)) {
      return;
    }
    try (Stream<Path> content = Files.list(folder)) {
      if (content.findAny().isPresent()) {
        throw new CommandFailedException(
            "%s is not empty; name another folder by --tensorboard".formatted(folder));
      }
    }
  }

  /** Writes a trial, unless it is there. */
  void write(TrialResult result) throws IOException {
    Path run = folder.resolve("trial-" + result.number());
    if (Files.exists(run)) {
      return;
    }
    String best = "best/";
    new TrialRun(
            result.settings(),
            monitor.name(),
            result.scores(),
            Map.of(
                best + monitor.name(),
                result.score(),
                best + monitor.plainName() + "_of_learned",
                result.trainingScore(),
                best + "epoch",
                (double) result.bestEpoch()),
            result.status() == Status.FAILED,
            result.seconds())
        .write(run, System.currentTimeMillis());
  }
}
