package io.millrace.trainer.events;

import io.millrace.learning.LearningEvent;
import io.millrace.learning.LearningEvent.BaselineCompared;
import io.millrace.learning.LearningEvent.Diverged;
import io.millrace.learning.LearningEvent.DriftDetected;
import io.millrace.learning.LearningEvent.EarlyStopped;
import io.millrace.learning.LearningEvent.Evaluated;
import io.millrace.learning.LearningEvent.LearningRateReduced;
import io.millrace.learning.LearningEvent.RivalReplaced;
import io.millrace.learning.LearningEvent.RoundStarted;
import io.millrace.learning.RivalProgress;
import io.millrace.proto.events.v1.Evaluation;
import io.millrace.proto.events.v1.Failed;
import io.millrace.proto.events.v1.Rival;
import io.millrace.proto.events.v1.TrainingEvent;
import java.util.Locale;
import java.util.Optional;

/** Converts the learner's events to messages. Safe for any thread. */
public final class LearningEvents {
  private LearningEvents() {}

  /** Adds a score, unless it is undefined on the window. */
  private static void put(Evaluation.Builder evaluation, String name, double score) {
    if (Double.isFinite(score)) {
      evaluation.putMetrics(name, score);
    }
  }

  private static io.millrace.proto.events.v1.RivalReplaced replaced(RivalReplaced replaced) {
    return io.millrace.proto.events.v1.RivalReplaced.newBuilder()
        .setFell(replaced.fell())
        .setCame(replaced.came())
        .setShare(replaced.share())
        .setChanges(replaced.changes())
        .setCause(replaced.cause().name().toLowerCase(Locale.ROOT))
        .build();
  }

  private static Rival rival(RivalProgress rival) {
    Rival.Builder message =
        Rival.newBuilder()
            .setName(rival.name())
            .setShare(rival.share())
            .setLearningRate(rival.learningRate());
    if (Double.isFinite(rival.loss())) {
      message.setLoss(rival.loss());
    }
    return message.build();
  }

  /**
   * Returns the message without the fields that are common to all events; empty if the event is not
   * published.
   */
  public static Optional<TrainingEvent.Builder> message(LearningEvent event) {
    TrainingEvent.Builder message = TrainingEvent.newBuilder();
    if (event instanceof RoundStarted started) {
      message.getRoundStartedBuilder().setRound(started.round()).setCause(started.cause().label());
    } else if (event instanceof Evaluated evaluated) {
      message.getEvaluationBuilder().setLearningRate(evaluated.learningRate());
      evaluated.scores().forEach((name, score) -> put(message.getEvaluationBuilder(), name, score));
      evaluated.rivals().forEach(each -> message.getEvaluationBuilder().addRivals(rival(each)));
    } else if (event instanceof LearningRateReduced reduced) {
      message.getLearningRateReducedBuilder().setFrom(reduced.from()).setTo(reduced.to());
    } else if (event instanceof EarlyStopped) {
      message.getEarlyStoppedBuilder();
    } else if (event instanceof DriftDetected drift) {
      message.getDriftDetectedBuilder().setRecordsAgo(drift.began());
    } else if (event instanceof BaselineCompared compared) {
      message
          .getBaselineComparedBuilder()
          .setScore(compared.score().name())
          .setValue(compared.score().value())
          .setBaseline(compared.baseline().name())
          .setBaselineValue(compared.baseline().value())
          .setBetter(compared.better());
    } else if (event instanceof Diverged diverged) {
      if (diverged.failed()) {
        message.setFailed(Failed.getDefaultInstance());
      } else {
        message.getDivergedBuilder();
      }
    } else if (event instanceof RivalReplaced replaced) {
      message.setRivalReplaced(replaced(replaced));
    } else {
      return Optional.empty();
    }
    return Optional.of(message);
  }
}
