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
import io.millrace.runtime.LogKeys;
import java.util.Locale;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/** Logs the learner's events. Owned by the training thread. */
public final class LearningLog implements Consumer<LearningEvent> {
  private static final Logger LOGGER = LoggerFactory.getLogger(LearningLog.class);

  @Override
  public void accept(LearningEvent event) {
    if (event instanceof RoundStarted started) {
      at(Level.INFO, started.records())
          .addKeyValue(LogKeys.ROUND, started.round())
          .addKeyValue(LogKeys.REASON, started.cause().label())
          .log("Round started");
    } else if (event instanceof LearningRateReduced reduced) {
      at(Level.INFO, reduced.records())
          .addKeyValue(LogKeys.LEARNING_RATE, reduced.to())
          .log("Learning rate reduced from {}", reduced.from());
    } else if (event instanceof EarlyStopped stopped) {
      at(Level.INFO, stopped.records()).log("Early stopped");
    } else if (event instanceof DriftDetected drift) {
      at(Level.WARN, drift.records())
          .log("Drift detected; it began about {} records before", drift.began());
    } else if (event instanceof Unmeasured unmeasured) {
      at(Level.WARN, unmeasured.records())
          .log(
              "{} cannot be measured on the window: policies pass over it until it can",
              unmeasured.monitor());
    } else if (event instanceof BaselineCompared compared) {
      log(compared);
    } else if (event instanceof Diverged diverged) {
      at(Level.WARN, diverged.records())
          .log(
              diverged.failed()
                  ? "Training failed: the loss or an answer was not finite once too often"
                  : "Loss or answer not finite: back to the last good weights, half the rate");
    } else if (event instanceof Evaluated evaluated) {
      at(Level.DEBUG, evaluated.records()).log("Evaluated: {}", evaluated.scores());
    }
  }

  private static void log(BaselineCompared compared) {
    at(compared.better() ? Level.INFO : Level.WARN, compared.records())
        .log(
            "The model is {} than a constant answer: {}, {}",
            compared.better() ? "better" : "no better",
            text(compared.score()),
            text(compared.baseline()));
  }

  /** Returns a line about what happened after so many records. */
  private static LoggingEventBuilder at(Level level, long records) {
    return LOGGER.atLevel(level).addKeyValue(LogKeys.RECORDS, records);
  }

  private static String text(Score score) {
    return String.format(Locale.ROOT, "%s %.4g", score.name(), score.value());
  }
}
