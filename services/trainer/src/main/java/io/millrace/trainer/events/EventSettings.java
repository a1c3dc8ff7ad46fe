package io.millrace.trainer.events;

import io.millrace.settings.Section;

/**
 * The section {@code events} of a model's settings.
 *
 * @param topic the topic of the events; created if it is missing
 * @param format the format of their values
 */
public record EventSettings(String topic, EventFormat format) {

  /** Reads the section; the default topic is {@code <model>.events}. */
  public static EventSettings read(Section section, String model) {
    return new EventSettings(
        section
            .text("topic", "topic of the trainer's events")
            .check("a topic's name", name -> name.matches("[A-Za-z0-9._-]{1,249}"))
            .orElse(model + ".events"),
        section
            .choice("format", EventFormat.class, "format of the events' values")
            .orElse(EventFormat.PROTOBUF));
  }
}
