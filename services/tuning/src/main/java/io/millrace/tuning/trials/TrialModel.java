package io.millrace.tuning.trials;

import io.millrace.learning.LearnerSettings;
import io.millrace.learning.devices.Device;
import io.millrace.learning.devices.DeviceSettings;
import io.millrace.learning.evaluation.ValidationSettings;
import io.millrace.learning.evaluation.ValidationSettings.HoldoutBy;
import io.millrace.learning.model.ModelDefinition;
import java.util.List;
import java.util.Optional;

/**
 * The model of a trial.
 *
 * @param learner how it learns from a stream
 */
public record TrialModel(ModelDefinition definition, LearnerSettings learner) {
  private static final double SOME = 0.5;

  /**
   * Returns how the model learns in a trial: on one thread of the processor, since trials share it;
   * judged after each epoch, by all validation rows; without what is for streams that never end,
   * which are early stopping, which the search does itself, drift and rounds.
   */
  LearnerSettings inTrial(int validationRows) {
    ValidationSettings validation =
        new ValidationSettings(
            SOME, // the trial holds rows out itself; 0 would say that there are none
            HoldoutBy.OFFSET,
            Optional.empty(),
            validationRows,
            Optional.empty(),
            1,
            Integer.MAX_VALUE,
            Optional.empty(),
            List.of());
    return new LearnerSettings(
        learner.training().on(new DeviceSettings(Device.CPU, 1)),
        learner.rivals(),
        validation,
        Optional.empty(),
        learner.reduceLearningRate(),
        Optional.empty(),
        Optional.empty());
  }
}
