package io.millrace.trainer.tensorboard;

import io.millrace.proto.tensorboard.v1.SessionStatus;
import io.millrace.proto.tensorboard.v1.Summary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A trial of a search as a run of TensorBoard: its settings are a row of the tab HPARAMS, and its
 * scores are scalars.
 *
 * @param settings what was tried, by name
 * @param score the name of the score of each epoch, such as {@code val_loss}
 * @param scores by epoch, from 1; those that are not finite are left out
 * @param figures what came of it, such as the best score, by name; those that are not finite are
 *     left out
 * @param failed whether it has no score
 * @param seconds how long it took
 */
public record TrialRun(
    Map<String, Object> settings,
    String score,
    List<Double> scores,
    Map<String, Double> figures,
    boolean failed,
    double seconds) {
  public TrialRun {
    settings = Map.copyOf(settings);
    scores = List.copyOf(scores);
    figures = Map.copyOf(figures);
  }

  /**
   * Writes the run into a new event file.
   *
   * @param folder the run's own; it is made where it is missing
   * @param endMillis when the trial ended
   */
  public void write(Path folder, long endMillis) throws IOException {
    double end = endMillis / 1e3;
    try (RunFile file = RunFile.open(folder, endMillis)) {
      Hyperparameters tried = new Hyperparameters(Map.of(), settings);
      file.add(0, endMillis, Summary.newBuilder().addValue(tried.start(end - seconds)).build());
      for (int epoch = 1; epoch <= scores.size(); epoch++) {
        file.add(epoch, endMillis, scalars(Map.of(score, scores.get(epoch - 1))));
      }
      file.add(scores.size(), endMillis, scalars(figures));
      SessionStatus status = failed ? SessionStatus.STATUS_FAILURE : SessionStatus.STATUS_SUCCESS;
      file.add(
          scores.size(),
          endMillis,
          Summary.newBuilder().addValue(Hyperparameters.end(status, end)).build());
      file.flush();
    }
  }

  private static Summary scalars(Map<String, Double> values) {
    Summary.Builder summary = Summary.newBuilder();
    values.forEach(
        (tag, value) -> {
          if (Double.isFinite(value)) {
            summary.addValue(Values.scalar(tag, value));
          }
        });
    return summary.build();
  }
}
