package io.millrace.cli.steering;

import io.millrace.cli.invocation.Configuration;
import io.millrace.cli.invocation.StopSignal;
import io.millrace.proto.events.v1.TrainingEvent;
import io.millrace.runtime.kafka.ClientProperties;
import io.millrace.trainer.events.EventFormat;
import io.millrace.trainer.events.EventReader;
import io.millrace.trainer.events.EventStart;
import java.time.Duration;

/** The command {@code watch}: a model's events, one per line, until it is stopped. */
public final class Watching {
  private static final Duration POLL = Duration.ofMillis(200);

  private Watching() {}

  /**
   * @param json whether lines are the events' JSON form
   * @param start the event to begin with
   */
  public static int run(Configuration configuration, boolean json, EventStart start) {
    Steering.requireTopics(configuration);
    try (StopSignal stop = new StopSignal();
        EventReader events =
            new EventReader(
                new ClientProperties(configuration.kafka()).consumer("millrace-watch"),
                configuration.trainer().events().topic(),
                configuration.model(),
                start)) {
      while (!stop.getAsBoolean()) {
        for (TrainingEvent event : events.poll(POLL)) {
          System.out.println(json ? EventFormat.json(event) : EventText.line(event));
        }
      }
    }
    return 0;
  }
}
