package io.millrace.learning;

import io.millrace.learning.model.ExampleBatch;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.learning.optimizers.LearningRateSchedule;
import io.millrace.learning.optimizers.OptimizerDefinition;
import io.millrace.learning.training.TrainedNetwork;
import io.millrace.learning.training.TrainingSettings;

/**
 * Training steps of a new network, at learning rates that the caller chooses and without what a
 * stream brings: no schedule or callback of the settings, no drift, replay or evaluation. The
 * preprocessing, losses, augmentation and optimizer are those of the settings. Owned by one thread.
 */
public final class RateProbe {
  private final TrainedNetwork network;
  private final ExampleBatch batch;
  private final int accumulationSteps;

  /** Makes a network with the initial weights of the settings. */
  public RateProbe(
      ModelDefinition definition, LearnerSettings settings, LearningRateSchedule rates) {
    TrainingSettings training = settings.training();
    network =
        new TrainedNetwork(
            definition,
            training.withoutReplay(withRates(training.optimizer(), rates)),
            training.device().open().kernels());
    batch =
        new ExampleBatch(training.batchSize(), definition.inputWidths(), definition.targetWidths());
    accumulationSteps = training.accumulationSteps();
  }

  /** Returns the mini-batch that the caller fills. */
  public ExampleBatch batch() {
    return batch;
  }

  /** Returns how many mini-batches make one step of the optimizer. */
  public int batchesPerStep() {
    return accumulationSteps;
  }

  /**
   * Learns from the mini-batch, and empties it.
   *
   * @return the loss before that; nothing is learned if it is not finite
   */
  public double learn() {
    double loss = network.relearn(batch);
    batch.clear();
    return loss;
  }

  private static OptimizerDefinition withRates(
      OptimizerDefinition given, LearningRateSchedule rates) {
    return new OptimizerDefinition(
        given.rule(),
        rates,
        given.clipping(),
        given.weightDecay(),
        given.averages(),
        given.emaMomentum(),
        given.options());
  }
}
