package io.millrace.learning.rivals;

import io.millrace.learning.model.Rival;
import io.millrace.learning.network.HiddenLayers;
import io.millrace.learning.random.RandomStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Settings of a newcomer: those of the leader with one change, or with all of them changed. What is
 * changed, and how, is drawn from a random stream.
 */
final class Variation {
  private static final int ONE_OF = 5;
  private static final double FACTOR = 2;
  private static final double WIDEST = 4;
  private static final String TRAINING = "training";
  private static final String OPTIMIZER = "optimizer";
  private static final String LEARNING_RATE = "learning_rate";
  private static final String INITIAL_RATE = "initial_learning_rate";
  private static final String BATCH_SIZE = "batch_size";
  private static final String REPLAY = "replay";
  private static final String NETWORK = "network";
  private static final String LAYERS = "layers";

  private final Map<String, Object> training;
  private final int batchSize;
  private final int block;
  private final RandomStream random;
  private final Map<String, Object> changedTraining;
  private final Map<String, Object> overrides;
  private Optional<HiddenLayers> hidden;

  /**
   * @param training the leader's section {@code training}, with what the document says
   * @param layers the leader's list of layers, as they are written
   * @param batchSize the leader's
   * @param block the largest batch size
   */
  Variation(
      Rival leader,
      Map<String, Object> training,
      @Nullable Object layers,
      int batchSize,
      int block,
      RandomStream random) {
    this.training = training;
    this.batchSize = batchSize;
    this.block = block;
    this.random = random;
    overrides = new LinkedHashMap<>(leader.overrides());
    changedTraining = named(overrides.get(TRAINING));
    hidden = HiddenLayers.of(layers).filter(found -> found.count() > 0);
  }

  /** Returns the leader's overrides with one change. */
  Map<String, Object> one() {
    int first = random.integer(0, ONE_OF);
    boolean isChanged = false;
    for (int i = 0; i < ONE_OF && !isChanged; i++) { // the next kind where one changes nothing
      isChanged = change((first + i) % ONE_OF);
    }
    return result();
  }

  /** Returns overrides in which everything is drawn anew. */
  Map<String, Object> all() {
    rate(Math.pow(WIDEST, 2 * random.uniform(1) - 1));
    for (int kind = 1; kind < ONE_OF; kind++) {
      if (random.uniform(10L + kind) < 0.5) {
        change(kind);
      }
    }
    return result();
  }

  private boolean change(int kind) {
    boolean up = random.uniform(20L + kind) < 0.5;
    return switch (kind) {
      case 0 -> rate(up ? FACTOR : 1 / FACTOR);
      case 1 -> batch(up);
      case 2 -> width(up);
      case 3 -> normalize();
      default -> replay();
    };
  }

  private boolean rate(double factor) {
    Map<String, Object> present = named(training.get(OPTIMIZER));
    Object rate = present.get(LEARNING_RATE);
    Map<String, Object> optimizer = named(changedTraining.get(OPTIMIZER));
    if (rate instanceof Number number) {
      optimizer.put(LEARNING_RATE, number.doubleValue() * factor);
    } else if (rate instanceof Map<?, ?> schedule
        && schedule.get(INITIAL_RATE) instanceof Number initial) {
      Map<String, Object> changed = named(schedule);
      changed.put(INITIAL_RATE, initial.doubleValue() * factor);
      optimizer.put(LEARNING_RATE, changed);
    } else {
      return false;
    }
    changedTraining.put(OPTIMIZER, optimizer);
    return true;
  }

  private boolean batch(boolean up) {
    int twice = 2 * batchSize;
    boolean grows = block % twice == 0 && (up || batchSize % 2 != 0);
    int changed = grows ? twice : batchSize / 2;
    if (changed < 1 || block % changed != 0) {
      return false;
    }
    changedTraining.put(BATCH_SIZE, changed);
    return true;
  }

  private boolean width(boolean up) {
    if (hidden.isEmpty()) {
      return false;
    }
    HiddenLayers layers = hidden.get();
    for (int i = 0; i < layers.count(); i++) {
      int units = layers.units(i);
      layers = units == 0 ? layers : layers.withUnits(i, up ? 2 * units : (units + 1) / 2);
    }
    hidden = Optional.of(layers);
    return network();
  }

  private boolean normalize() {
    hidden = hidden.map(layers -> layers.normalized(!layers.areNormalized()));
    return hidden.isPresent() && network();
  }

  private boolean network() {
    overrides.put(NETWORK, Map.of(LAYERS, hidden.orElseThrow().layers()));
    return true;
  }

  private boolean replay() {
    if (changedTraining.remove(REPLAY) == null) {
      if (training.get(REPLAY) != null) {
        return false; // the document's own, which an override cannot take away
      }
      changedTraining.put(REPLAY, Map.of("size", 500, "ratio", 1));
    }
    return true;
  }

  private Map<String, Object> result() {
    overrides.put(TRAINING, changedTraining);
    return overrides;
  }

  private static Map<String, Object> named(@Nullable Object section) {
    Map<String, Object> result = new LinkedHashMap<>();
    if (section instanceof Map<?, ?> map) {
      map.forEach((key, value) -> result.put(String.valueOf(key), value));
    } else if (section instanceof String type) {
      result.put("type", type);
    }
    return result;
  }
}
