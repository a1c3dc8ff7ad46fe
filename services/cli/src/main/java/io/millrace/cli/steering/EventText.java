package io.millrace.cli.steering;

import io.millrace.cli.terminal.Figures;
import io.millrace.proto.events.v1.BaselineCompared;
import io.millrace.proto.events.v1.CommandDone;
import io.millrace.proto.events.v1.CommandRefused;
import io.millrace.proto.events.v1.Comparison;
import io.millrace.proto.events.v1.Promoted;
import io.millrace.proto.events.v1.RecordsRejected;
import io.millrace.proto.events.v1.RolledBack;
import io.millrace.proto.events.v1.TrainingEvent;
import java.time.Instant;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Formats an event as a line for people. */
public final class EventText {
  private EventText() {}

  public static String line(TrainingEvent event) {
    return "%s #%d records=%d checkpoint=%d %s"
        .formatted(
            Instant.ofEpochMilli(event.getTimeMillis()),
            event.getNumber(),
            event.getRecords(),
            event.getSequence(),
            what(event));
  }

  private static String what(TrainingEvent event) {
    return switch (event.getEventCase()) {
      case ROUND_STARTED ->
          "round started: round=%d cause=%s"
              .formatted(event.getRoundStarted().getRound(), event.getRoundStarted().getCause());
      case EVALUATION -> "evaluation: " + metrics(event);
      case LEARNING_RATE_REDUCED ->
          "learning rate reduced: from=%s to=%s"
              .formatted(
                  rounded(event.getLearningRateReduced().getFrom()),
                  rounded(event.getLearningRateReduced().getTo()));
      case BASELINE_COMPARED -> compared(event.getBaselineCompared());
      case EARLY_STOPPED -> "early stopped";
      case DRIFT_DETECTED ->
          "drift: began_records_ago=%d".formatted(event.getDriftDetected().getRecordsAgo());
      case DIVERGED -> "diverged: back to the last good weights";
      case FAILED -> "failed: the last good model stays in service";
      case CHALLENGER_STARTED ->
          "challenger started: champion=%d".formatted(event.getChallengerStarted().getChampion());
      case PROMOTED -> promoted(event.getPromoted());
      case VETOED ->
          "vetoed: champion=%d%s"
              .formatted(
                  event.getVetoed().getChampion(), compared(event.getVetoed().getComparison()));
      case ROLLED_BACK -> rolledBack(event.getRolledBack());
      case COMMAND_DONE -> done(event.getCommandDone());
      case COMMAND_REFUSED -> refused(event.getCommandRefused());
      case RECORDS_REJECTED -> rejected(event.getRecordsRejected());
      case EVENT_NOT_SET -> "an event of a newer Millrace";
    };
  }

  private static String promoted(Promoted event) {
    return "promoted: champion=%d predecessor=%d%s"
        .formatted(event.getChampion(), event.getPredecessor(), compared(event.getComparison()));
  }

  private static String rolledBack(RolledBack event) {
    return "rolled back: champion=%d worse=%d%s"
        .formatted(event.getChampion(), event.getWorse(), compared(event.getComparison()));
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

  private static String metrics(TrainingEvent event) {
    return new TreeMap<>(event.getEvaluation().getMetricsMap())
        .entrySet().stream()
            .map(metric -> metric.getKey() + "=" + rounded(metric.getValue()))
            .collect(Collectors.joining(" "));
  }

  private static String compared(BaselineCompared event) {
    return "%s than a constant answer: %s=%s %s=%s"
        .formatted(
            event.getBetter() ? "better" : "no better",
            event.getScore(),
            rounded(event.getValue()),
            event.getBaseline(),
            rounded(event.getBaselineValue()));
  }

  private static String compared(Comparison comparison) {
    return comparison.getHeldOutRecords() == 0
        ? ""
        : " held_out=%d improvement=%s standard_error=%s"
            .formatted(
                comparison.getHeldOutRecords(),
                rounded(comparison.getImprovement()),
                rounded(comparison.getStandardError()));
  }

  private static String rounded(double value) {
    return Figures.rounded(value);
  }
}
