package io.millrace.learning.rivals;

import io.millrace.learning.model.InitialWeights;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.learning.model.Rival;
import io.millrace.learning.model.RivalDocument;
import io.millrace.learning.training.TrainingSettings;
import io.millrace.settings.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How several learners on one stream are trained and combined: the section {@code rivals}.
 *
 * @param combine how their answers are combined
 * @param memory how many of the newest records' losses decide, about
 * @param learners how each is trained, in the order of {@link ModelDefinition#rivals}
 */
public record RivalsSettings(Combine combine, int memory, List<TrainingSettings> learners) {
  private static final String TRAINING = "training";

  public RivalsSettings {
    learners = List.copyOf(learners);
  }

  /**
   * Reads the section, except for the learners' names and networks, which the definition has.
   *
   * @return empty if there is none
   */
  public static Optional<RivalsSettings> read(Section root, ModelDefinition definition) {
    return root.optionalSection("rivals", "learners")
        .map(section -> read(section, root, definition));
  }

  /**
   * Returns how many records all learners train on before their answers are weighed again: those of
   * the largest mini-batch.
   */
  public int block() {
    return learners.stream().mapToInt(TrainingSettings::batchSize).max().orElse(1);
  }

  /** Returns these settings with other initial weights where learners have any. */
  public RivalsSettings beginningWith(InitialWeights weights) {
    return new RivalsSettings(
        combine,
        memory,
        learners.stream()
            .map(each -> each.beginningWith(each.initialWeights().map(replaced -> weights)))
            .toList());
  }

  private static RivalsSettings read(Section section, Section root, ModelDefinition definition) {
    RivalsSettings settings =
        new RivalsSettings(
            section
                .choice("combine", Combine.class, "how the learners' answers are combined")
                .orElse(Combine.HEDGE),
            section
                .integer("memory", "how many of the newest records' losses decide, about")
                .atLeast(1)
                .orElse(1000),
            learners(root, definition));
    settings.checkBatches(root);
    return settings;
  }

  private static List<TrainingSettings> learners(Section root, ModelDefinition definition) {
    RivalDocument<TrainingSettings> document =
        new RivalDocument<>(
            root,
            RivalDocument.training(root, definition),
            section -> training(section, definition));
    List<ModelDefinition> members = definition.members();
    List<TrainingSettings> learners = new ArrayList<>();
    for (int i = 0; i < definition.rivals().size(); i++) {
      Rival rival = definition.rivals().get(i);
      ModelDefinition member = members.get(i);
      TrainingSettings read =
          document.read(i, overrides(rival), section -> training(section, member));
      learners.add(rival.hasOwnNetwork() ? read.beginningWith(Optional.empty()) : read);
    }
    return learners;
  }

  private static Map<String, Object> overrides(Rival rival) {
    Object training = rival.overrides().get(TRAINING);
    return training == null ? Map.of() : Map.of(TRAINING, training);
  }

  private static TrainingSettings training(Section document, ModelDefinition definition) {
    return TrainingSettings.read(document.section(TRAINING), definition);
  }

  private void checkBatches(Section root) {
    for (int i = 0; i < learners.size(); i++) {
      int batchSize = learners.get(i).batchSize();
      if (block() % batchSize != 0) {
        root.report(
            "rivals.learners[%d].training.batch_size".formatted(i),
            "is %d, but the largest of the learners is %d; allowed: numbers that divide it"
                .formatted(batchSize, block()));
      }
    }
  }
}
