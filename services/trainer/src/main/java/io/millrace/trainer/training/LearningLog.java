package io.millrace.trainer.training;

import io.millrace.learning.LearningEvent;
import io.millrace.learning.LearningEvent.Evaluated;
import io.millrace.learning.LearningEvent.Unmeasured;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs of the learner's events what the model's events do not tell. Owned by the training thread.
 */
public final class LearningLog implements Consumer<LearningEvent> {
  private static final Logger LOG = LoggerFactory.getLogger(LearningLog.class);

  @Override
  public void accept(LearningEvent event) {
    if (event instanceof Unmeasured unmeasured) {
      LOG.warn(
          "{} cannot be measured on the window after {} records: policies pass over it until it can",
          unmeasured.monitor(),
          unmeasured.records());
    } else if (event instanceof Evaluated evaluated) {
      LOG.debug("evaluated after {} records: {}", evaluated.records(), evaluated.scores());
    }
  }
}
