package io.millrace.fleet.keyed;

import io.millrace.checkpoints.fleet.FleetTopic;
import io.millrace.learning.model.InitialWeights;
import io.millrace.settings.Section;
import io.millrace.trainer.TrainerSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * All settings of a fleet, from a model's YAML file: those of a trainer, which hold for each key's
 * model, and the section {@code fleet}.
 *
 * @param trainer the records, the model and how it learns
 * @param key the field whose text is a record's key; absent if it is the record's own key
 * @param idleAfter how long a key may be idle, in event time; absent: for ever
 * @param idleCheckpoint what becomes of an idle key's last checkpoint
 * @param threads threads that learn, each on partitions of its own
 * @param cacheMegabytes memory for the newest state of models and for what waits to be written, of
 *     all threads together
 * @param stateFolder the folder for the state of this process's partitions
 */
public record FleetSettings(
    TrainerSettings trainer,
    Optional<String> key,
    Optional<Duration> idleAfter,
    IdleCheckpoint idleCheckpoint,
    int threads,
    int cacheMegabytes,
    Path stateFolder) {
  private static final String[] OF_ONE_MODEL = {
    "champion", "commands", "events", "rivals", "tensorboard"
  };
  private static final String WITHOUT = "; allowed: without the section fleet";

  /** Reads a document that no other service checks. */
  public static FleetSettings readAlone(Section root) {
    return read(root, TrainerSettings.read(root));
  }

  /**
   * Reads the section {@code fleet}.
   *
   * @param trainer what the other sections say
   */
  public static FleetSettings read(Section root, TrainerSettings trainer) {
    Section fleet = root.section("fleet");
    checkOthers(root, trainer);
    return new FleetSettings(
        trainer,
        key(fleet, trainer),
        fleet
            .duration(
                "idle_after", "event time without a record after which a key's model is given up")
            .check("at least 1s", idle -> idle.toSeconds() >= 1)
            .optional(),
        fleet
            .choice(
                "idle_checkpoint",
                IdleCheckpoint.class,
                "whether an idle key's last checkpoint stays and is served, or is removed")
            .orElse(IdleCheckpoint.KEEP),
        fleet
            .integer("threads", "threads that learn, each on partitions of its own")
            .atLeast(1)
            .orElse(Runtime.getRuntime().availableProcessors()),
        fleet
            .integer(
                "cache_mb", "memory for the state of models in use, in MiB; all others are on disk")
            .atLeast(1)
            .orElse(128),
        fleet
            .filePath("state_dir", "folder for the models' state, which is restored if it is lost")
            .orElse(Path.of(System.getProperty("java.io.tmpdir"), "millrace")));
  }

  /** Returns the Kafka Streams application id, for group, state and transactions. */
  public String applicationId() {
    return FleetTopic.applicationId(trainer.model());
  }

  private static Optional<String> key(Section fleet, TrainerSettings trainer) {
    Optional<String> key =
        fleet
            .text("key", "field whose text is the key; the record's own key if left out")
            .optional();
    key.filter(field -> !trainer.records().decoders().mayHave(field, trainer.definition()))
        .ifPresent(
            field ->
                fleet.report(
                    "key",
                    "is %s, but records of this format have no such text, number or boolean"
                        .formatted(field)));
    return key;
  }

  /** Reports what is given for a single model: ignored, it would look as if it were heeded. */
  private static void checkOthers(Section root, TrainerSettings trainer) {
    for (String section : OF_ONE_MODEL) {
      if (root.has(section)) {
        root.report(section, "is given, but is for a single model" + WITHOUT);
      }
    }
    if (trainer.rounds().isPresent()) {
      root.report("rounds", "begin by the clock, as only those of a single model do" + WITHOUT);
    }
    if (trainer.learner().training().initialWeights().flatMap(InitialWeights::model).isPresent()) {
      root.report(
          "training.initial_weights.model",
          "is read by a trainer of a single model; allowed: file, which millrace export writes");
    }
    if (root.section("training").has("max_batch_age")) {
      root.section("training")
          .report("max_batch_age", "is given, but a fleet's mini-batches wait until they are full");
    }
  }
}
