package io.millrace.fleet.keyed;

import io.millrace.checkpoints.parts.PartContent;
import io.millrace.checkpoints.parts.SmallParts;
import io.millrace.learning.DriftSettings;
import io.millrace.learning.LearnerSettings;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.learning.training.ReplaySettings;
import io.millrace.trainer.TrainerSettings;
import java.util.Arrays;

/** How large the state of one key's model becomes. */
public final class ModelSize {
  private ModelSize() {}

  /** Returns about how many bytes a model's state takes once its window and memories are full. */
  public static long bytes(TrainerSettings settings) {
    PartContent first = new PartContent("", new KeyedLearner(settings).learner().state());
    return new SmallParts().encode(first).length
        + rows(settings.learner()) * rowBytes(settings.definition());
  }

  private static long rows(LearnerSettings learner) {
    return (long) learner.validation().window()
        + learner.drift().map(DriftSettings::memory).orElse(0)
        + learner.training().replay().map(ReplaySettings::size).orElse(0);
  }

  private static long rowBytes(ModelDefinition definition) {
    int numbers =
        Arrays.stream(definition.inputWidths()).sum()
            + Arrays.stream(definition.targetWidths()).sum();
    return (long) Float.BYTES * (numbers + 1) + Long.BYTES; // with its weight and its time
  }
}
