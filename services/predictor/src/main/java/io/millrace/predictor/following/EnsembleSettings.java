package io.millrace.predictor.following;

import io.millrace.settings.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A model that is the weighted mean of others.
 *
 * @param name the name that requests use
 * @param members two or more
 * @param weighting where the weights come from if they are not given
 * @param weights one per member, relative to each other
 */
public record EnsembleSettings(
    String name, List<Member> members, Weighting weighting, Optional<List<Double>> weights) {
  private static final String MEMBER = "[A-Za-z0-9._-]+(:(champion|latest|\\d{1,18}))?";

  public EnsembleSettings {
    members = List.copyOf(members);
    weights = weights.map(List::copyOf);
  }

  /**
   * Reads the section {@code ensembles}, which has one section per ensemble, under its name.
   *
   * @param models the models that are served besides
   */
  public static List<EnsembleSettings> read(Section serving, List<String> models) {
    Map<String, Section> sections = serving.namedSections("ensembles");
    List<EnsembleSettings> ensembles = new ArrayList<>();
    sections.forEach(
        (name, section) -> {
          if (models.contains(name)) {
            section.report("", "has the name of a model; allowed: a name of its own");
          }
          ensembles.add(read(name, section, sections.keySet()));
        });
    return List.copyOf(ensembles);
  }

  private static EnsembleSettings read(String name, Section section, Set<String> ensembles) {
    List<String> members =
        section
            .texts("members", "Models, or versions of one: MODEL, MODEL:latest, MODEL:12.")
            .check("two or more", list -> list.size() > 1)
            .check("MODEL or MODEL:VERSION", list -> list.stream().allMatch(m -> m.matches(MEMBER)))
            .check(
                "models, no ensembles",
                list -> list.stream().noneMatch(m -> ensembles.contains(Member.of(m).model())))
            .required();
    Optional<List<Double>> weights =
        section
            .decimals("weights", "Relative weights of the members.")
            .check("one a member", list -> list.size() == members.size())
            .check("none below 0", list -> list.stream().allMatch(weight -> weight >= 0))
            .check("one above 0", list -> list.stream().anyMatch(weight -> weight > 0))
            .optional();
    return new EnsembleSettings(
        name,
        members.stream().map(Member::of).toList(),
        section
            .choice("weighting", Weighting.class, "How weights are chosen if none are given.")
            .orElse(Weighting.UNIFORM),
        weights);
  }

  /** Where the weights of an ensemble come from. */
  public enum Weighting {
    /** All members have the same weight. */
    UNIFORM,
    /** The weight is the reciprocal of the loss on the checkpoint's validation window. */
    WINDOW_LOSS
  }

  /**
   * One member of an ensemble.
   *
   * @param version as in {@link ServedVersions#version}
   */
  public record Member(String model, String version) {
    /** Parses {@code MODEL} or {@code MODEL:VERSION}. */
    public static Member of(String text) {
      int colon = text.indexOf(':');
      return colon < 0
          ? new Member(text, "")
          : new Member(text.substring(0, colon), text.substring(colon + 1));
    }

    /** Returns whether it names a fixed version by number, which its trainer has to keep. */
    public boolean isNumbered() {
      return version.chars().anyMatch(Character::isDigit);
    }

    /** Returns the member as settings write it. */
    @Override
    public String toString() {
      return version.isEmpty() ? model : model + ":" + version;
    }
  }
}
