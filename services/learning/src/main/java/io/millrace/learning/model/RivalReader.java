package io.millrace.learning.model;

import io.millrace.settings.Section;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the learners of the section {@code rivals}, in a settings document and in a checkpoint's
 * definition alike.
 */
final class RivalReader {
  private static final String AUTO = "auto";
  private static final String LEARNERS = "learners";
  private static final int LEAST = 2;
  private static final int MOST = 16;

  private static final String[] TRAINING = {
    "batch_size", "optimizer", "gradient_accumulation_steps", "replay", "augmentation"
  };

  private final Section root;
  private final ModelDefinition alone;
  private final Set<String> names = new HashSet<>();

  private RivalReader(Section root, ModelDefinition alone) {
    this.root = root;
    this.alone = alone;
  }

  /**
   * Returns the rivals of a document; empty if it has none.
   *
   * @param alone the document's model without rivals
   */
  static List<Rival> read(Section root, ModelDefinition alone) {
    Optional<Section> rivals = section(root);
    if (rivals.isEmpty()) {
      return List.of();
    }
    if (!alone.outputs().stream().allMatch(OutputSettings::isLabelled)) {
      rivals
          .get()
          .report(
              "",
              "is given beside an output that reconstructs its input; allowed: outputs with labels");
    }
    RivalReader reader = new RivalReader(root, alone);
    if (AUTO.equals(rivals.get().tree().get(LEARNERS))) {
      rivals.get().ignore(LEARNERS);
      return reader.read(automatic(root, alone).sections(LEARNERS));
    }
    List<Section> learners = learners(rivals.get());
    return reader.read(learners);
  }

  private static List<Section> learners(Section rivals) {
    Object written = rivals.tree().get(LEARNERS);
    List<?> items = written instanceof List<?> list ? list : List.of();
    if (items.size() < LEAST || items.size() > MOST) {
      rivals.ignore(LEARNERS);
      rivals.report(
          LEARNERS, found(written) + ": auto, or a list of %d to %d".formatted(LEAST, MOST));
      return List.of();
    }
    if (items.stream().anyMatch(String.class::isInstance)) {
      rivals.ignore(LEARNERS);
      rivals.report(
          LEARNERS, "has names alone; allowed: auto, or a list of sections, such as {name: fast}");
      return List.of();
    }
    return rivals.sections(LEARNERS);
  }

  private static String found(@Nullable Object written) {
    if (written == null) {
      return "is required";
    }
    return (written instanceof List<?> list ? "has " + list.size() : "is " + written) + "; allowed";
  }

  /** Returns the section {@code rivals}, whose short form is its list of learners alone. */
  static Optional<Section> section(Section root) {
    return root.optionalSection("rivals", LEARNERS);
  }

  private static Section automatic(Section root, ModelDefinition alone) {
    return root.other(Map.of(LEARNERS, AutomaticRivals.of(root, alone)));
  }

  private List<Rival> read(List<Section> learners) {
    RivalDocument<ModelDefinition> document =
        new RivalDocument<>(root, alone.tree(), ModelDefinition::readAlone);
    List<Rival> rivals = new ArrayList<>();
    for (int i = 0; i < learners.size(); i++) {
      rivals.add(read(i, learners.get(i), document));
    }
    return rivals;
  }

  private Rival read(int index, Section learner, RivalDocument<ModelDefinition> document) {
    String name =
        learner
            .text(Rival.NAME, "name of the learner")
            .check("letters, digits, '.', '_' and '-'", text -> text.matches("[A-Za-z0-9._-]+"))
            .required();
    if (learner.has(Rival.NAME) && !names.add(name)) {
      learner.report(Rival.NAME, "is " + name + ", which another learner has already");
    }
    Map<String, Object> overrides = learner.tree(Rival.TRAINING, Rival.NETWORK);
    Section training = learner.section(Rival.TRAINING);
    training.ignore(TRAINING); // the learners' settings read their values
    overrides.computeIfPresent(Rival.TRAINING, (key, written) -> training.tree(TRAINING));
    learner.ignore(Rival.NETWORK);
    if (!learner.has(Rival.NETWORK)) {
      return new Rival(name, alone.network(), overrides);
    }
    ModelDefinition member =
        document.read(index, learner.tree(Rival.NETWORK), ModelDefinition::readAlone);
    overrides.put(Rival.NETWORK, member.tree().getOrDefault(Rival.NETWORK, Map.of()));
    return new Rival(name, member.network(), overrides);
  }
}
