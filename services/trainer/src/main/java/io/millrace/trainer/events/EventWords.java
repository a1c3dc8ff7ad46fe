package io.millrace.trainer.events;

import io.millrace.proto.events.v1.BaselineCompared;
import io.millrace.proto.events.v1.CommandDone;
import io.millrace.proto.events.v1.CommandRefused;
import io.millrace.proto.events.v1.Comparison;
import io.millrace.proto.events.v1.Evaluation;
import io.millrace.proto.events.v1.LearningRateReduced;
import io.millrace.proto.events.v1.Promoted;
import io.millrace.proto.events.v1.RecordsRejected;
import io.millrace.proto.events.v1.RivalReplaced;
import io.millrace.proto.events.v1.RolledBack;
import io.millrace.proto.events.v1.RoundStarted;
import io.millrace.proto.events.v1.TrainingEvent;
import io.millrace.proto.events.v1.Vetoed;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Says in words what happened, for logs and people. Safe for any thread. */
public final class EventWords {
  private EventWords() {}

  /** Returns what happened, without the time and the number of records. */
  public static String of(TrainingEvent event) {
    return switch (event.getEventCase()) {
      case ROUND_STARTED -> started(event.getRoundStarted());
      case EVALUATION -> evaluation(event.getEvaluation());
      case LEARNING_RATE_REDUCED -> reduced(event.getLearningRateReduced());
      case BASELINE_COMPARED -> compared(event.getBaselineCompared());
      case EARLY_STOPPED -> "early stopped: the best weights stay, records are only scored";
      case DRIFT_DETECTED ->
          "drift detected; it began about %d records before"
              .formatted(event.getDriftDetected().getRecordsAgo());
      case DIVERGED -> "loss or answer not finite: back to the last good weights, half the rate";
      case FAILED ->
          "training failed: the loss or an answer was not finite once too often; the last good"
              + " model stays in service";
      case CHALLENGER_STARTED ->
          "challenger started; version %d is served meanwhile"
              .formatted(event.getChallengerStarted().getChampion());
      case PROMOTED -> promoted(event.getPromoted());
      case VETOED -> vetoed(event.getVetoed());
      case ROLLED_BACK -> rolledBack(event.getRolledBack());
      case COMMAND_DONE -> done(event.getCommandDone());
      case COMMAND_REFUSED -> refused(event.getCommandRefused());
      case RECORDS_REJECTED -> rejected(event.getRecordsRejected());
      case RIVAL_REPLACED -> replaced(event.getRivalReplaced());
      case EVENT_NOT_SET -> "an event of a newer Millrace";
    };
  }

  private static String started(RoundStarted event) {
    return "round %d started (%s)".formatted(event.getRound(), event.getCause());
  }

  private static String replaced(RivalReplaced event) {
    String came =
        event.getChanges().isEmpty()
            ? event.getCame()
            : "%s (%s)".formatted(event.getCame(), event.getChanges());
    return event.getCause().equals("diverged")
        ? "rival %s: loss not finite; it begins again from the leader".formatted(event.getFell())
        : "rival %s fell, its mean share was %s; %s came"
            .formatted(event.getFell(), ShareWords.percent(event.getShare()), came);
  }

  private static String reduced(LearningRateReduced event) {
    return "learning rate reduced from %s to %s"
        .formatted(rounded(event.getFrom()), rounded(event.getTo()));
  }

  private static String compared(BaselineCompared event) {
    return "the model is %s than a constant answer: %s=%s %s=%s"
        .formatted(
            event.getBetter() ? "better" : "no better",
            event.getScore(),
            rounded(event.getValue()),
            event.getBaseline(),
            rounded(event.getBaselineValue()));
  }

  private static String promoted(Promoted event) {
    return "version %d promoted%s%s"
        .formatted(
            event.getChampion(),
            event.getPredecessor() == 0 ? "" : " in the place of " + event.getPredecessor(),
            compared(event.getComparison()));
  }

  private static String vetoed(Vetoed event) {
    return "newer weights held back, version %d is better%s"
        .formatted(event.getChampion(), compared(event.getComparison()));
  }

  private static String rolledBack(RolledBack event) {
    return "rolled back from version %d to %d%s"
        .formatted(event.getWorse(), event.getChampion(), compared(event.getComparison()));
  }

  private static String done(CommandDone event) {
    return "command done: %s id=%s%s"
        .formatted(
            event.getCommand(),
            event.getId(),
            event.getRepeated() ? " (once before, nothing done now)" : "");
  }

  private static String refused(CommandRefused event) {
    return "command refused: %s id=%s: %s"
        .formatted(event.getCommand(), event.getId(), event.getReason());
  }

  private static String rejected(RecordsRejected event) {
    return "records rejected: %d, mostly: %s (%d)"
        .formatted(event.getRejected(), event.getProblem(), event.getRecords());
  }

  private static String evaluation(Evaluation event) {
    String metrics =
        new TreeMap<>(event.getMetricsMap())
            .entrySet().stream()
                .map(metric -> metric.getKey() + "=" + rounded(metric.getValue()))
                .collect(Collectors.joining(" "));
    return "evaluation: %s%s"
        .formatted(metrics, event.getRivalsCount() == 0 ? "" : "; rivals: " + shares(event));
  }

  private static String shares(Evaluation event) {
    Map<String, Double> shares = new LinkedHashMap<>();
    event.getRivalsList().forEach(rival -> shares.put(rival.getName(), rival.getShare()));
    return ShareWords.of(shares);
  }

  private static String compared(Comparison comparison) {
    return comparison.getHeldOutRecords() == 0
        ? ""
        : ": held_out=%d improvement=%s standard_error=%s"
            .formatted(
                comparison.getHeldOutRecords(),
                rounded(comparison.getImprovement()),
                rounded(comparison.getStandardError()));
  }

  /** A metric is not finite where its rows do not define it. */
  private static String rounded(double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%.4g", value) : "undefined";
  }
}
