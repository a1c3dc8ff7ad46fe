package io.millrace.cli.steering;

import io.millrace.cli.failures.CommandFailedException;
import io.millrace.cli.invocation.Configuration;
import io.millrace.proto.control.v1.Command;
import io.millrace.proto.events.v1.TrainingEvent;
import io.millrace.runtime.http.Endpoint;
import io.millrace.runtime.kafka.ClientProperties;
import io.millrace.runtime.kafka.Topics;
import io.millrace.trainer.commands.CommandSender;
import io.millrace.trainer.events.EventReader;
import io.millrace.trainer.events.EventStart;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sends a command to a trainer through its topic, and waits for the event that answers it. */
public final class Steering {
  private static final Duration POLL = Duration.ofMillis(200);

  /** A running trainer answers between two mini-batches, so hardly later. */
  private static final Duration QUICK = Duration.ofSeconds(3);

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private Steering() {}

  /**
   * Returns 0 if the command was carried out.
   *
   * @param command the command with its id; its model is set from the settings
   * @param patience how long to wait for the answer; empty for a minute, or a few seconds if no
   *     trainer seems to run
   * @throws CommandFailedException if it was refused, or not answered in time
   */
  public static int run(
      Configuration configuration, Command.Builder command, Optional<Duration> patience) {
    requireTopics(configuration);
    ClientProperties clients = new ClientProperties(configuration.kafka());
    try (EventReader events =
            new EventReader(
                clients.consumer("millrace-answers"),
                configuration.trainer().events().topic(),
                configuration.model(),
                EventStart.NEXT);
        CommandSender sender =
            new CommandSender(
                clients.producer("millrace-commands"),
                configuration.trainer().commands().topic(),
                URI.create("urn:millrace:command-line"))) {
      sender.send(command.setModel(configuration.model()).build());
      TrainingEvent answer = answered(configuration, events, command.getId(), patience);
      if (answer.hasCommandRefused()) {
        throw new CommandFailedException("refused: " + answer.getCommandRefused().getReason());
      }
      System.out.println(EventText.line(answer));
      return 0;
    }
  }

  /**
   * Requires the topics that a trainer creates when it starts.
   *
   * @throws CommandFailedException if there are none, since no trainer has run
   */
  static void requireTopics(Configuration configuration) {
    try (Topics topics = Topics.connect(configuration.kafka())) {
      requireTopic(configuration, topics, "events.topic", configuration.trainer().events().topic());
      requireTopic(
          configuration, topics, "commands.topic", configuration.trainer().commands().topic());
    }
  }

  private static void requireTopic(
      Configuration configuration, Topics topics, String key, String topic) {
    if (!topics.exists(key, topic)) {
      throw new CommandFailedException(
          ("no trainer of %s has run yet: there is no topic %s (%s) on %s; start one with `millrace"
                  + " run` or `millrace train`")
              .formatted(
                  configuration.model(), topic, key, configuration.kafka().bootstrapServers()));
    }
  }

  private static TrainingEvent answered(
      Configuration configuration, EventReader events, String id, Optional<Duration> patience) {
    TrainingEvent quick = answer(events, id, patience.orElse(QUICK));
    if (quick != null) {
      return quick;
    }
    boolean isOpen = TrainerPort.isOpen(configuration.management());
    boolean waits = isOpen && patience.isEmpty();
    TrainingEvent late = waits ? answer(events, id, PATIENCE.minus(QUICK)) : null;
    if (late == null) {
      throw unanswered(configuration, id, isOpen);
    }
    return late;
  }

  private static @Nullable TrainingEvent answer(EventReader events, String id, Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    while (System.nanoTime() < end) {
      for (TrainingEvent event : events.poll(POLL)) {
        if (event.getCommandDone().getId().equals(id)
            || event.getCommandRefused().getId().equals(id)) {
          return event;
        }
      }
    }
    return null;
  }

  private static CommandFailedException unanswered(
      Configuration configuration, String id, boolean isOpen) {
    Endpoint management = configuration.management();
    String who =
        isOpen
            ? "the trainer of %s has not answered".formatted(configuration.model())
            : "no trainer of %s has answered, and none listens on %s:%d (management)"
                .formatted(configuration.model(), management.host(), management.port());
    return new CommandFailedException(
        ("%s; the command stays on %s, and a trainer carries it out when it can; `--timeout` waits"
                + " longer, and sent again with `--id %s` it is not carried out twice")
            .formatted(who, configuration.trainer().commands().topic(), id));
  }
}
