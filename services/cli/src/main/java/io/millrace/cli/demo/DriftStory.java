package io.millrace.cli.demo;

import io.millrace.cli.steering.EventText;
import io.millrace.proto.events.v1.TrainingEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The events of a drift: when it was detected, when newer weights were served, and when the model
 * was as good again.
 *
 * @param driftAt the first drifted record
 * @param events all events of the trainer, in order
 */
record DriftStory(long driftAt, List<TrainingEvent> events) {
  private static final String ACCURACY = "val_accuracy";
  private static final double GOOD = 0.88;

  DriftStory {
    events = List.copyOf(events);
  }

  /** Returns one line per step, and one with the figures. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("");
    events.stream()
        .filter(event -> event.getRecords() >= driftAt)
        .filter(DriftStory::isStep)
        .forEach(event -> lines.add("  " + EventText.line(event)));
    lines.add("");
    lines.add(
        String.format(
            Locale.ROOT,
            "drift: at=%d detected_after=%s challenger_after=%s promoted_after=%s"
                + " recovered_after=%s false_alarms=%d",
            driftAt,
            after(first(TrainingEvent::hasDriftDetected)),
            after(first(TrainingEvent::hasChallengerStarted)),
            after(first(TrainingEvent::hasPromoted)),
            after(recovered()),
            falseAlarms()));
    return lines;
  }

  private static boolean isStep(TrainingEvent event) {
    return !event.hasEvaluation() && !event.hasLearningRateReduced();
  }

  private Optional<TrainingEvent> first(Predicate<TrainingEvent> kind) {
    return events.stream().filter(event -> event.getRecords() >= driftAt).filter(kind).findFirst();
  }

  /** Returns the first evaluation from which the window's accuracy stayed good. */
  private Optional<TrainingEvent> recovered() {
    Optional<TrainingEvent> found = Optional.empty();
    for (TrainingEvent event : events) {
      if (event.hasEvaluation() && event.getRecords() >= driftAt) {
        boolean good = event.getEvaluation().getMetricsOrDefault(ACCURACY, 0) > GOOD;
        found = good ? found.or(() -> Optional.of(event)) : Optional.empty();
      }
    }
    return found;
  }

  private long falseAlarms() {
    return events.stream()
        .filter(event -> event.hasDriftDetected() && event.getRecords() < driftAt)
        .count();
  }

  private String after(Optional<TrainingEvent> event) {
    return event.map(found -> String.valueOf(found.getRecords() - driftAt)).orElse("never");
  }
}
