package io.millrace.cli.steering;

import io.millrace.proto.events.v1.TrainingEvent;
import io.millrace.trainer.events.EventWords;
import java.time.Instant;

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
            EventWords.of(event));
  }
}
