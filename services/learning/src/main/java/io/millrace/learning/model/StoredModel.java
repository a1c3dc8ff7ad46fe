package io.millrace.learning.model;

import io.millrace.settings.Section;
import java.util.Optional;

/**
 * A version of another model, on its topic of checkpoints.
 *
 * @param name the model's name
 * @param topic the topic of its checkpoints
 * @param version a version's number, {@value #LATEST} or {@value #CHAMPION}
 */
public record StoredModel(String name, String topic, String version) {
  public static final String LATEST = "latest";
  public static final String CHAMPION = "champion";

  /** Reads {@code model}, {@code topic} and {@code version}; empty if no model is named. */
  static Optional<StoredModel> read(Section section) {
    Optional<String> name =
        section.text("model", "another model, from whose checkpoints they are").optional();
    Optional<String> topic =
        section
            .text("topic", "that model's topic of checkpoints; else <model>.checkpoints")
            .optional();
    String version =
        section
            .text("version", "that model's version: a number, latest, or champion, the served one")
            .check(
                "a number from 1 on, %s or %s".formatted(LATEST, CHAMPION),
                text -> text.matches("[1-9][0-9]{0,17}|" + LATEST + "|" + CHAMPION))
            .orElse(CHAMPION);
    if (name.isEmpty() && (topic.isPresent() || section.has("version"))) {
      section.report("model", "is required beside topic or version");
    }
    return name.map(given -> new StoredModel(given, topic.orElse(given + ".checkpoints"), version));
  }
}
