package io.millrace.trainer.training;

import io.millrace.learning.LearningEvent;
import io.millrace.learning.LearningEvent.BaselineCompared;
import io.millrace.learning.LearningEvent.Diverged;
import io.millrace.learning.LearningEvent.DriftDetected;
import io.millrace.learning.LearningEvent.EarlyStopped;
import io.millrace.learning.LearningEvent.Evaluated;
import io.millrace.learning.LearningEvent.LearningRateReduced;
import io.millrace.learning.LearningEvent.RoundStarted;
import io.millrace.learning.LearningEvent.Unmeasured;
import io.millrace.learning.evaluation.BaselineComparison.Score;
import java.util.Locale;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Logs the learner's events. Owned by the training thread. */
public final class LearningLog implements Consumer<LearningEvent> {
  private static final Logger LOG = LoggerFactory.getLogger(LearningLog.class);

  @Override
  public void accept(LearningEvent event) {
    if (event instanceof RoundStarted started) {
      LOG.info(
          "round {} started after {} records: {}",
          started.round(),
          started.records(),
          started.cause().label());
    } else if (event instanceof LearningRateReduced reduced) {
      LOG.info(
          "learning rate reduced from {} to {} after {} records",
          reduced.from(),
          reduced.to(),
          reduced.records());
    } else if (event instanceof EarlyStopped stopped) {
      LOG.info("early stopped after {} records", stopped.records());
    } else if (event instanceof DriftDetected drift) {
      LOG.warn(
          "drift detected after {} records; it began about {} records before",
          drift.records(),
          drift.began());
    } else if (event instanceof Unmeasured unmeasured) {
      LOG.warn(
          "{} cannot be measured on the window after {} records: policies pass over it until it can",
          unmeasured.monitor(),
          unmeasured.records());
    } else if (event instanceof BaselineCompared compared) {
      log(compared);
    } else if (event instanceof Diverged diverged) {
      LOG.warn(
          diverged.failed()
              ? "training failed after {} records: the loss or an answer was not finite once too often"
              : "loss or answer not finite after {} records: back to the last good weights, half the rate",
          diverged.records());
    } else if (event instanceof Evaluated evaluated) {
      LOG.debug("evaluated after {} records: {}", evaluated.records(), evaluated.scores());
    }
  }

  private static void log(BaselineCompared compared) {
    LOG.atLevel(compared.better() ? Level.INFO : Level.WARN)
        .log(
            "the model is {} than a constant answer after {} records: {}, {}",
            compared.better() ? "better" : "no better",
            compared.records(),
            text(compared.score()),
            text(compared.baseline()));
  }

  private static String text(Score score) {
    return String.format(Locale.ROOT, "%s %.4g", score.name(), score.value());
  }
}
