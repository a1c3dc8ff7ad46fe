package io.millrace.cli.steering;

import io.millrace.cli.failures.CommandFailedException;
import io.millrace.cli.invocation.Configuration;
import io.millrace.proto.control.v1.Command;
import io.millrace.proto.events.v1.TrainingEvent;
import io.millrace.runtime.kafka.ClientProperties;
import io.millrace.runtime.kafka.Topics;
import io.millrace.trainer.commands.CommandSender;
import io.millrace.trainer.events.EventReader;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Sends a command to a trainer through its topic, and waits for the event that answers it. */
public final class Steering {
  private static final Duration POLL = Duration.ofMillis(200);

  private Steering() {}

  /**
   * Returns 0 if the command was carried out.
   *
   * @param command the command with its id; its model is set from the settings
   * @throws CommandFailedException if it was refused, or not answered in time
   */
  public static int run(Configuration configuration, Command.Builder command, Duration patience) {
    requireTopics(configuration);
    ClientProperties clients = new ClientProperties(configuration.kafka());
    try (EventReader events =
            new EventReader(
                clients.consumer("millrace-answers"),
                configuration.trainer().events().topic(),
                configuration.model(),
                false);
        CommandSender sender =
            new CommandSender(
                clients.producer("millrace-commands"),
                configuration.trainer().commands().topic(),
                URI.create("urn:millrace:command-line"))) {
      sender.send(command.setModel(configuration.model()).build());
      TrainingEvent answer = answer(events, command.getId(), patience);
      if (answer == null) {
        throw unanswered(configuration, command.getId(), patience);
      }
      if (answer.hasCommandRefused()) {
        throw new CommandFailedException("refused: " + answer.getCommandRefused().getReason());
      }
      System.out.println(EventText.line(answer));
      return 0;
    }
  }

  static void requireTopics(Configuration configuration) {
    try (Topics topics = Topics.connect(configuration.kafka())) {
      topics.partitions("events.topic", configuration.trainer().events().topic());
      topics.partitions("commands.topic", configuration.trainer().commands().topic());
    }
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
      Configuration configuration, String id, Duration patience) {
    return new CommandFailedException(
        "no answer in %d s; the command stays on %s for the trainer of %s, and with --id %s it can"
                .formatted(
                    patience.toSeconds(),
                    configuration.trainer().commands().topic(),
                    configuration.model(),
                    id)
            + " be sent again without being carried out twice");
  }
}
