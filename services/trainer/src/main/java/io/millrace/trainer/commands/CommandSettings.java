package io.millrace.trainer.commands;

import io.millrace.settings.Section;

/**
 * The section {@code commands} of a model's settings.
 *
 * @param topic where commands come from; created where it is missing
 * @param grpc whether they are taken over gRPC, too, on the management port
 */
public record CommandSettings(String topic, boolean grpc) {

  /** Reads the section; the default topic is {@code <model>.commands}. */
  public static CommandSettings read(Section section, String model) {
    return new CommandSettings(
        section
            .text("topic", "topic from which the trainer takes commands, as CloudEvents")
            .check("a topic's name", name -> name.matches("[A-Za-z0-9._-]{1,249}"))
            .orElse(model + ".commands"),
        section
            .flag("grpc", "whether commands are taken over gRPC, too, on the management port")
            .orElse(true));
  }
}
