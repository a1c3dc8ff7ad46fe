package io.millrace.learning.rivals;

import io.millrace.learning.model.InitialWeights;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.learning.model.Rival;
import io.millrace.learning.model.RivalDocument;
import io.millrace.learning.random.RandomStream;
import io.millrace.learning.training.TrainingSettings;
import io.millrace.settings.Section;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How several learners on one stream are trained and combined: the section {@code rivals}.
 *
 * @param combine how their answers are combined
 * @param memory how many of the newest records' losses decide, about
 * @param tournament how learners are replaced; absent: they stay
 * @param block how many records all learners train on before their answers are weighed again: those
 *     of the largest mini-batch
 * @param seed of the tournament's random numbers
 * @param document the section {@code training} that the learners' overrides are written over
 * @param initialWeights of the learners that have the document's network
 */
public record RivalsSettings(
    Combine combine,
    int memory,
    Optional<TournamentSettings> tournament,
    int block,
    long seed,
    Map<String, Object> document,
    Optional<InitialWeights> initialWeights) {
  private static final String TRAINING = "training";

  /**
   * Reads the section, except for the learners' names and networks, which the definition has.
   *
   * @return empty if there is none
   */
  public static Optional<RivalsSettings> read(Section root, ModelDefinition definition) {
    return root.optionalSection("rivals", "learners")
        .map(section -> read(section, root, definition));
  }

  /** Returns how a learner is trained. */
  public TrainingSettings training(Rival rival, ModelDefinition definition) {
    Map<String, Object> merged = RivalDocument.merged(document, overrides(rival));
    return training(Section.root(merged), definition)
        .beginningWith(rival.hasOwnNetwork() ? Optional.empty() : initialWeights);
  }

  /**
   * Returns the overrides of a newcomer.
   *
   * @param leader whose settings are varied
   * @param definition the leader's model
   * @param explores whether everything is drawn anew
   */
  Map<String, Object> varied(
      Rival leader, ModelDefinition definition, boolean explores, RandomStream random) {
    Variation variation =
        new Variation(
            leader,
            section(RivalDocument.merged(document, overrides(leader)), TRAINING),
            section(definition.tree(), "network").get("layers"),
            training(leader, definition).batchSize(),
            block,
            random);
    return explores ? variation.all() : variation.one();
  }

  /** Returns these settings with other initial weights. */
  public RivalsSettings beginningWith(InitialWeights weights) {
    return new RivalsSettings(
        combine, memory, tournament, block, seed, document, Optional.of(weights));
  }

  private static RivalsSettings read(Section section, Section root, ModelDefinition definition) {
    List<TrainingSettings> learners = learners(root, definition);
    int block = learners.stream().mapToInt(TrainingSettings::batchSize).max().orElse(1);
    checkBatches(root, learners, block);
    Combine combine =
        section
            .choice("combine", Combine.class, "how the learners' answers are combined")
            .orElse(Combine.HEDGE);
    int memory =
        section
            .integer("memory", "how many of the newest records' losses decide, about")
            .atLeast(1)
            .orElse(1000);
    return new RivalsSettings(
        combine,
        memory,
        TournamentSettings.read(section, learners.size(), memory),
        block,
        seed(learners),
        document(root, definition),
        InitialWeights.read(root.section(TRAINING), definition.network()));
  }

  /** All learners have the document's seed. */
  private static long seed(List<TrainingSettings> learners) {
    return learners.stream().mapToLong(TrainingSettings::seed).findFirst().orElse(0);
  }

  /** Returns what {@link RivalDocument#training} returns, without the file of initial weights. */
  private static Map<String, Object> document(Section root, ModelDefinition definition) {
    Map<String, Object> training = section(RivalDocument.training(root, definition), TRAINING);
    training.remove("initial_weights");
    return Map.of(TRAINING, training);
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
      learners.add(document.read(i, overrides(rival), section -> training(section, member)));
    }
    return learners;
  }

  private static Map<String, Object> section(Map<String, Object> document, String key) {
    Map<String, Object> section = new LinkedHashMap<>();
    if (document.get(key) instanceof Map<?, ?> written) {
      written.forEach((name, value) -> section.put(String.valueOf(name), value));
    }
    return section;
  }

  private static Map<String, Object> overrides(Rival rival) {
    Object training = rival.overrides().get(TRAINING);
    return training == null ? Map.of() : Map.of(TRAINING, training);
  }

  private static TrainingSettings training(Section document, ModelDefinition definition) {
    return TrainingSettings.read(document.section(TRAINING), definition);
  }

  private static void checkBatches(Section root, List<TrainingSettings> learners, int block) {
    for (int i = 0; i < learners.size(); i++) {
      int batchSize = learners.get(i).batchSize();
      if (block % batchSize != 0) {
        root.report(
            "rivals.learners[%d].training.batch_size".formatted(i),
            "is %d, but the largest of the learners is %d; allowed: numbers that divide it"
                .formatted(batchSize, block));
      }
    }
  }
}
