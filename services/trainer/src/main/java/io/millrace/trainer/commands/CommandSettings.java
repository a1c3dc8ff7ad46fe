package io.millrace.trainer.commands;

import io.millrace.runtime.management.ManagementSettings;
import io.millrace.settings.Section;

/**
 * The section {@code commands} of a model's settings.
 *
 * @param topic the topic of the commands; created if it is missing
 * @param grpc whether commands are also accepted over gRPC, on the management port
 */
public record CommandSettings(String topic, boolean grpc) {

  /**
   * Reads the section; the default topic is {@code <model>.commands}. By default, gRPC is enabled
   * only if the management port is safe for commands: it authenticates callers or listens on the
   * loopback interface.
   */
  public static CommandSettings read(Section section, String model, ManagementSettings management) {
    String topic =
        section
            .text("topic", "topic of the commands to the trainer, as CloudEvents")
            .check("a topic's name", name -> name.matches("[A-Za-z0-9._-]{1,249}"))
            .orElse(model + ".commands");
    boolean grpc =
        section
            .flag("grpc", "whether the management port takes commands over gRPC too")
            .orElse(management.isSafeForCommands());
    if (grpc && !management.isSafeForCommands()) {
      section.report(
          "grpc",
          "is true, but management listens on %s and asks nobody who he is; allowed: with"
                  .formatted(management.transport().endpoint().host())
              + " management.authentication, or management.host 127.0.0.1");
    }
    return new CommandSettings(topic, grpc);
  }
}
