package io.millrace.learning.model;

import io.millrace.learning.network.HiddenLayers;
import io.millrace.learning.optimizers.OptimizerDefinition;
import io.millrace.settings.Section;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The learners of {@code rivals: auto}: the document's own settings and seven variations of them
 * that were measured together [1].
 *
 * <p>A variation that would change nothing is left out: of the network, if it has no hidden dense
 * layers that follow each other; of the learning rate, if that is a schedule whose initial rate is
 * not given.
 *
 * <p>[1] services/docs/rivals.md
 */
final class AutomaticRivals {
  private static final String OPTIMIZER = "optimizer";
  private static final String LEARNING_RATE = "learning_rate";
  private static final String INITIAL_RATE = "initial_learning_rate";
  private static final String REPLAY = "replay";

  private final Optional<HiddenLayers> hidden;
  private final boolean replays;
  private final Object rate;
  private final List<Map<String, Object>> learners = new ArrayList<>();

  private AutomaticRivals(Section root, ModelDefinition alone) {
    hidden =
        HiddenLayers.of(
                alone.tree().get(Rival.NETWORK) instanceof Map<?, ?> network
                    ? network.get("layers")
                    : null)
            .filter(layers -> layers.count() > 0);
    Section training = root.other(root.tree(Rival.TRAINING)).section(Rival.TRAINING);
    replays = training.has(REPLAY);
    rate =
        OptimizerDefinition.read(training.typed(OPTIMIZER, alone.defaultOptimizer()))
            .options()
            .getOrDefault(LEARNING_RATE, "");
  }

  /**
   * Returns the list of learners, as it would be written in the document.
   *
   * @param alone the document's model without rivals
   */
  static List<Map<String, Object>> of(Section root, ModelDefinition alone) {
    AutomaticRivals rivals = new AutomaticRivals(root, alone);
    rivals.add("default", Map.of(), Optional.empty());
    rivals.addRated("fast", 4, Map.of(), Optional.empty());
    rivals.addRated("slow", 0.25, Map.of(), Optional.empty());
    rivals.addRated("online", 0.5, Map.of("batch_size", 1), Optional.empty());
    rivals.addRated("online-fast", 2, Map.of("batch_size", 1), Optional.empty());
    rivals.hidden.ifPresent(
        layers -> rivals.add("shallow", Map.of(), Optional.of(layers.withCount(0))));
    if (rivals.hidden.isPresent()) {
      rivals.addRated("narrow", 1.5, Map.of(), rivals.hidden.map(HiddenLayers::halved));
    }
    rivals.addReplaying();
    return rivals.learners;
  }

  /** Adds a learner with another learning rate, if the document has a rate to multiply. */
  private void addRated(
      String name, double factor, Map<String, Object> training, Optional<HiddenLayers> network) {
    Object rated = rated(factor);
    if (rated != null) {
      Map<String, Object> changed = new LinkedHashMap<>(training);
      changed.put(OPTIMIZER, Map.of(LEARNING_RATE, rated));
      add(name, changed, network);
    }
  }

  private void addReplaying() {
    Optional<HiddenLayers> normalized =
        hidden.filter(layers -> !layers.areNormalized()).map(layers -> layers.normalized(true));
    if (!replays || normalized.isPresent()) {
      add(
          "replay",
          replays ? Map.of() : Map.of(REPLAY, new TreeMap<>(Map.of("size", 500, "ratio", 1))),
          normalized);
    }
  }

  private void add(String name, Map<String, Object> training, Optional<HiddenLayers> network) {
    Map<String, Object> learner = new LinkedHashMap<>();
    learner.put(Rival.NAME, name);
    if (!training.isEmpty()) {
      learner.put(Rival.TRAINING, training);
    }
    network.ifPresent(layers -> learner.put(Rival.NETWORK, Map.of("layers", layers.layers())));
    learners.add(learner);
  }

  private @Nullable Object rated(double factor) {
    if (rate instanceof Number number) {
      return number.doubleValue() * factor;
    }
    return rate instanceof Map<?, ?> schedule
            && schedule.get(INITIAL_RATE) instanceof Number initial
        ? Map.of(INITIAL_RATE, initial.doubleValue() * factor)
        : null;
  }
}
