package io.millrace.trainer.training;

import io.millrace.learning.LearningEvent;
import io.millrace.learning.LearningEvent.Evaluated;
import io.millrace.learning.LearningEvent.Unmeasured;
import io.millrace.runtime.LogKeys;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs of the learner's events what the model's events do not tell. Owned by the training thread.
 */
public final class LearningLog implements Consumer<LearningEvent> {
  private static final Logger LOGGER = LoggerFactory.getLogger(LearningLog.class);

  @Override
  public void accept(LearningEvent event) {
    if (event instanceof Unmeasured unmeasured) {
      LOGGER
          .atWarn()
          .addKeyValue(LogKeys.RECORDS, unmeasured.records())
          .log(
              "{} cannot be measured on the window: policies pass over it until it can",
              unmeasured.monitor());
    } else if (event instanceof Evaluated evaluated) {
      LOGGER
          .atDebug()
          .addKeyValue(LogKeys.RECORDS, evaluated.records())
          .log("Evaluated: {}", evaluated.scores());
    }
  }
}
