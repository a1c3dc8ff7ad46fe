package io.millrace.trainer.events;

import io.millrace.proto.events.v1.TrainingEvent;
import io.millrace.proto.events.v1.TrainingEvent.EventCase;
import io.millrace.runtime.LogKeys;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Logs events when they happen, before a checkpoint covers them. Each is logged once, even if its
 * records are learned again after a setback. Of each kind, at most one line is logged in {@value
 * #PAUSE_SECONDS} seconds; it says how many were left out before it. Evaluations, commands and
 * rejections are not logged here: the first are many, and the others have logs of their own.
 * Published events are passed on. Owned by the training thread.
 */
public final class EventSpeech implements EventListener {
  private static final Logger LOGGER = LoggerFactory.getLogger(EventSpeech.class);
  private static final long PAUSE_SECONDS = 10;
  private static final long PAUSE_NANOS = Duration.ofSeconds(PAUSE_SECONDS).toNanos();

  private final LongSupplier nanoTime;
  private final Map<EventCase, Kind> kinds = new EnumMap<>(EventCase.class);
  private final Consumer<TrainingEvent> published;
  private long newest;

  /**
   * @param published receives every event once it is committed
   */
  public EventSpeech(LongSupplier nanoTime, Consumer<TrainingEvent> published) {
    this.nanoTime = nanoTime;
    this.published = published;
  }

  @Override
  public void happened(TrainingEvent.Builder event) {
    if (event.getNumber() <= newest) {
      return; // its records are learned again
    }
    newest = event.getNumber();
    if (isLoggedHere(event.getEventCase())) {
      kinds.computeIfAbsent(event.getEventCase(), none -> new Kind()).happened(event.build());
    }
  }

  @Override
  public void published(TrainingEvent event) {
    kinds.values().forEach(Kind::settle);
    published.accept(event);
  }

  private static boolean isLoggedHere(EventCase kind) {
    return switch (kind) {
      case EVALUATION, COMMAND_DONE, COMMAND_REFUSED, RECORDS_REJECTED, EVENT_NOT_SET -> false;
      default -> true;
    };
  }

  private static Level level(TrainingEvent event) {
    return switch (event.getEventCase()) {
      case DRIFT_DETECTED, DIVERGED, FAILED, VETOED, ROLLED_BACK -> Level.WARN;
      case BASELINE_COMPARED -> event.getBaselineCompared().getBetter() ? Level.INFO : Level.WARN;
      default -> Level.INFO;
    };
  }

  /** The events of one kind: when one was logged last, and those that were left out since. */
  private final class Kind {
    private long loggedAt = nanoTime.getAsLong() - PAUSE_NANOS;
    private long leftOut;
    private TrainingEvent last = TrainingEvent.getDefaultInstance();

    void happened(TrainingEvent event) {
      last = event;
      leftOut++;
      settle();
    }

    void settle() {
      long now = nanoTime.getAsLong();
      if (leftOut > 0 && now - loggedAt >= PAUSE_NANOS) {
        log(leftOut - 1);
        leftOut = 0;
        loggedAt = now;
      }
    }

    private void log(long others) {
      String words = EventWords.of(last);
      LOGGER
          .atLevel(level(last))
          .addKeyValue(LogKeys.RECORDS, last.getRecords())
          .log(
              "{}{}{}",
              Character.toUpperCase(words.charAt(0)),
              words.substring(1),
              others == 0 ? "" : " (and %d more of this kind before it)".formatted(others));
    }
  }
}
