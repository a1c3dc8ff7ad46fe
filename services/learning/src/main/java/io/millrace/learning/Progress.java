package io.millrace.learning;

import io.millrace.learning.evaluation.Evaluator;
import io.millrace.learning.evaluation.Prequential;
import io.millrace.learning.model.ModelDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The state of training, as a terminal, a gauge or a checkpoint's summary shows it.
 *
 * @param counts records by what happened to them
 * @param phase the phase of the round
 * @param learningRate the rate of the next step
 * @param windowSize held-out records in the validation window
 * @param round the number of the round, from 1
 * @param drifts detected drifts
 * @param divergences times that a loss or prediction was not finite and training went back to good
 *     weights
 * @param prequential loss and metrics of records scored before they were trained on, with fading
 *     memory
 * @param validation loss and metrics of the newest evaluation, by Keras' names such as {@code
 *     val_loss}; empty before the first evaluation
 * @param rivals the learners whose answers are combined, as the settings list them; empty if there
 *     is only one
 */
public record Progress(
    Counts counts,
    Phase phase,
    double learningRate,
    int windowSize,
    long round,
    long drifts,
    long divergences,
    Map<String, Double> prequential,
    Map<String, Double> validation,
    List<RivalProgress> rivals) {

  /**
   * Returns the names of all scores that a learner of the model reports, without those of slices.
   */
  public static List<String> scoreNames(ModelDefinition definition) {
    List<String> names = new ArrayList<>(Prequential.names(definition));
    names.addAll(Evaluator.names(definition));
    return List.copyOf(names);
  }

  public Progress {
    prequential = Map.copyOf(prequential);
    validation = Map.copyOf(validation);
    rivals = List.copyOf(rivals);
  }
}
