package io.millrace.learning.training;

import io.millrace.learning.augmentation.AugmentationSettings;
import io.millrace.learning.devices.DeviceSettings;
import io.millrace.learning.losses.Loss;
import io.millrace.learning.model.InitialWeights;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.learning.model.OutputSettings;
import io.millrace.learning.network.OutputLoss;
import io.millrace.learning.optimizers.OptimizerDefinition;
import io.millrace.settings.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a network is trained: the section {@code training}.
 *
 * @param batchSize records of a mini-batch
 * @param seed of the initial weights and of the random numbers drawn in training
 * @param device the device that training runs on
 * @param initialWeights weights that replace the random initial ones; absent: random ones
 * @param optimizer the optimizer and its learning rate
 * @param accumulationSteps mini-batches whose gradients are averaged for one step
 * @param replay how trained records are mixed into later mini-batches; absent: they are not
 * @param augmentation how trained records are augmented; absent: they are not
 */
public record TrainingSettings(
    int batchSize,
    long seed,
    DeviceSettings device,
    Optional<InitialWeights> initialWeights,
    OptimizerDefinition optimizer,
    int accumulationSteps,
    Optional<ReplaySettings> replay,
    Optional<AugmentationSettings> augmentation) {

  /** Reads the section {@code training}. */
  public static TrainingSettings read(Section training, ModelDefinition definition) {
    return new TrainingSettings(
        training.integer("batch_size", "records of a mini-batch").atLeast(1).orElse(8),
        training
            .longInteger("seed", "seed of the initial weights and of all random numbers")
            .orElse(1L),
        DeviceSettings.read(training),
        InitialWeights.read(training, definition.network()),
        OptimizerDefinition.read(training.typed("optimizer", definition.defaultOptimizer())),
        training
            .integer(
                "gradient_accumulation_steps",
                "mini-batches whose gradients are averaged for one step of the optimizer")
            .atLeast(1)
            .orElse(1),
        ReplaySettings.read(training),
        AugmentationSettings.read(training, definition));
  }

  /** Returns these settings with another optimizer and without replay. */
  public TrainingSettings withoutReplay(OptimizerDefinition other) {
    return new TrainingSettings(
        batchSize,
        seed,
        device,
        initialWeights,
        other,
        accumulationSteps,
        Optional.empty(),
        augmentation);
  }

  /** Returns these settings with other initial weights. */
  public TrainingSettings beginningWith(Optional<InitialWeights> other) {
    return new TrainingSettings(
        batchSize, seed, device, other, optimizer, accumulationSteps, replay, augmentation);
  }

  /** Returns these settings on another device. */
  public TrainingSettings on(DeviceSettings other) {
    return new TrainingSettings(
        batchSize, seed, other, initialWeights, optimizer, accumulationSteps, replay, augmentation);
  }

  /** Returns the most rows that a mini-batch can have, replayed ones included. */
  public int batchCapacity() {
    return batchSize * (1 + replay.map(ReplaySettings::ratio).orElse(0));
  }

  List<OutputLoss> losses(ModelDefinition definition, BalancedClassWeights balance) {
    List<OutputLoss> losses = new ArrayList<>();
    for (int i = 0; i < definition.outputs().size(); i++) {
      OutputSettings output = definition.outputs().get(i);
      Loss loss = balance.weighted(i, output.loss());
      losses.add(new OutputLoss(definition.layerOf(i), loss, output.lossWeight()));
    }
    return losses;
  }
}
