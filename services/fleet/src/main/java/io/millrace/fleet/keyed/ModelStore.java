package io.millrace.fleet.keyed;

import io.millrace.checkpoints.fleet.FleetCheckpoint;
import io.millrace.checkpoints.fleet.FleetCheckpointCodec;
import io.millrace.checkpoints.fleet.FleetTopic;
import io.millrace.checkpoints.manifest.StoredCounts;
import io.millrace.checkpoints.manifest.StreamPosition;
import io.millrace.checkpoints.parts.PartContent;
import io.millrace.checkpoints.parts.SmallParts;
import io.millrace.learning.Counts;
import io.millrace.learning.Learner;
import io.millrace.learning.state.IncompatibleStateException;
import io.millrace.learning.state.State;
import io.millrace.settings.InvalidSettingsException;
import io.millrace.settings.Problem;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * The models of a partition by key, in two state stores: what serving needs, and what learning
 * needs besides. Kafka Streams caches both in memory, writes each changed entry once a transaction
 * to disk and to its topic, and restores them from there. Owned by the partition's thread.
 */
final class ModelStore {
  private static final String STATES = "states";
  private static final String STATE_NAME = "a model's state";

  private final KeyValueStore<Bytes, byte[]> checkpoints;
  private final KeyValueStore<Bytes, byte[]> states;
  private final FleetCheckpointCodec codec = new FleetCheckpointCodec();
  private final SmallParts parts = new SmallParts();
  private final Template template;

  ModelStore(ProcessingContext context, Template template) {
    this.template = template;
    checkpoints = context.getStateStore(FleetTopic.STORE);
    states = context.getStateStore(STATES);
  }

  static Set<StoreBuilder<?>> stores() {
    return Set.of(store(FleetTopic.STORE), store(STATES));
  }

  static StoreBuilder<?> store(String name) {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray())
        .withCachingEnabled();
  }

  /**
   * Writes what new keys begin with, for predictors.
   *
   * @throws InvalidSettingsException if the models here have another definition
   */
  void ensureTemplate() {
    byte[] stored = checkpoints.get(Template.KEY);
    if (stored != null && !template.hasDefinitionOf(codec.decode(stored))) {
      throw unusable("they have other inputs, outputs or layers");
    }
    checkpoints.put(Template.KEY, codec.encode(template.checkpoint()));
  }

  /**
   * Restores a key's model.
   *
   * @return the version of the key's newest checkpoint; 0 if it has none
   */
  long load(Bytes key, KeyedLearner learner) {
    FleetCheckpoint checkpoint = checkpoint(key);
    byte[] state = states.get(key);
    if (checkpoint == null || state == null) {
      learner.begin();
    } else {
      resume(learner, checkpoint.weights(), SmallParts.decode(state, STATE_NAME).entries());
    }
    return checkpoint == null ? 0 : checkpoint.version();
  }

  /** Saves a key's model as the next version. */
  void save(Bytes key, long version, WaitingRecords learned, Learner learner) {
    Counts counts = learner.progress().counts();
    checkpoints.put(
        key,
        codec.encode(
            new FleetCheckpoint(
                "",
                template.definitionSha256(),
                version,
                new StreamPosition(
                    template.topic(), Map.of(learned.partition(), learned.nextOffset())),
                stored(counts),
                learner.progress().validation(),
                learner.weights())));
    states.put(key, parts.encode(new PartContent("", learner.state())));
  }

  /** Removes a key's model; its last checkpoint may stay. */
  void remove(Bytes key, boolean withCheckpoint) {
    states.delete(key);
    if (withCheckpoint) {
      checkpoints.delete(key);
    }
  }

  private @Nullable FleetCheckpoint checkpoint(Bytes key) {
    byte[] stored = checkpoints.get(key);
    return stored == null ? null : codec.decode(stored);
  }

  private static void resume(KeyedLearner learner, State weights, State state) {
    try {
      learner.resume(weights, state);
    } catch (IncompatibleStateException e) {
      throw unusable(e.getMessage());
    }
  }

  private static InvalidSettingsException unusable(@Nullable String why) {
    return new InvalidSettingsException(
        List.of(
            new Problem(
                "model",
                "names a fleet whose models do not fit these settings: %s; allowed: the settings as"
                        .formatted(why)
                    + " they were, or another name")));
  }

  private static StoredCounts stored(Counts counts) {
    return new StoredCounts(
        counts.trained(),
        counts.validated(),
        counts.rejected(),
        counts.scored(),
        counts.steps(),
        counts.evaluations());
  }
}
