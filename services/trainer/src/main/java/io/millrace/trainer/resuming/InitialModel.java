package io.millrace.trainer.resuming;

import io.millrace.checkpoints.Checkpoint;
import io.millrace.checkpoints.CheckpointReader;
import io.millrace.checkpoints.DefinitionJson;
import io.millrace.checkpoints.kafka.CheckpointTopics;
import io.millrace.checkpoints.manifest.Manifest;
import io.millrace.checkpoints.manifest.StoredCheckpoint;
import io.millrace.learning.LearnerSettings;
import io.millrace.learning.model.InitialWeights;
import io.millrace.learning.model.Model;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.learning.model.StoredModel;
import io.millrace.learning.model.TransferredWeights;
import io.millrace.runtime.kafka.ClientProperties;
import io.millrace.runtime.kafka.KafkaSettings;
import io.millrace.runtime.kafka.Topics;
import io.millrace.settings.InvalidSettingsException;
import io.millrace.settings.Problem;
import io.millrace.settings.Section;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The version of another model that training begins with, read from its checkpoints. */
public final class InitialModel {
  private static final Logger LOGGER = LoggerFactory.getLogger(InitialModel.class);
  private static final String PATH = "training.initial_weights.";

  private InitialModel() {}

  /**
   * Returns the settings with the version that {@code training.initial_weights} names; the same
   * settings if they name no model.
   *
   * @throws InvalidSettingsException if there is no such version
   */
  public static LearnerSettings read(
      KafkaSettings kafka, ModelDefinition definition, LearnerSettings settings) {
    Optional<StoredModel> named =
        settings.training().initialWeights().flatMap(InitialWeights::model);
    if (named.isEmpty()) {
      return settings;
    }
    Checkpoint found = checkpoint(kafka, named.get());
    Section root = Section.root(DefinitionJson.read(found.definition()));
    ModelDefinition source = ModelDefinition.read(root);
    root.finish();
    say(found, TransferredWeights.sameInputs(definition, source));
    return settings.with(
        settings
            .training()
            .initialWeights()
            .orElseThrow()
            .from(new Model(source, found.weights())));
  }

  private static void say(Checkpoint found, List<String> sameInputs) {
    LOGGER.info(
        "Training begins with version {} of model {}; {}",
        found.version(),
        found.model(),
        sameInputs.isEmpty()
            ? "no input is filled as there, so all statistics of inputs begin anew"
            : "the statistics of these inputs, too, which are filled as there: "
                + String.join(", ", sameInputs));
  }

  private static Checkpoint checkpoint(KafkaSettings kafka, StoredModel named) {
    CheckpointTopics topics = CheckpointTopics.of(named.topic());
    requireTopic(kafka, topics.manifest(), named);
    try (CheckpointReader reader =
        new CheckpointReader(
            new ClientProperties(kafka).consumer("millrace-initial-weights"),
            topics,
            named.name())) {
      Manifest manifest =
          reader
              .manifest()
              .filter(newest -> !newest.checkpoints().isEmpty())
              .orElseThrow(() -> unpublished(named, "it has no checkpoint on " + named.topic()));
      return chosen(manifest, named)
          .flatMap(reader::readWeights)
          .orElseThrow(() -> notRetained(manifest, named));
    }
  }

  private static Optional<StoredCheckpoint> chosen(Manifest manifest, StoredModel named) {
    return switch (named.version()) {
      case StoredModel.LATEST -> manifest.latest();
      case StoredModel.CHAMPION -> manifest.champion();
      default -> manifest.version(Long.parseLong(named.version()));
    };
  }

  private static void requireTopic(KafkaSettings kafka, String topic, StoredModel named) {
    try (Topics connected = Topics.connect(kafka)) {
      if (!connected.exists(PATH + "topic", topic)) {
        throw unpublished(named, "there is no topic " + topic);
      }
    }
  }

  private static InvalidSettingsException unpublished(StoredModel named, String why) {
    return refused(
        "model",
        "is %s, but %s; train that model first, or name its checkpoints.topic under topic"
            .formatted(named.name(), why));
  }

  private static InvalidSettingsException notRetained(Manifest manifest, StoredModel named) {
    return refused(
        "version",
        "is %s, which is not retained of %s; retained: %s"
            .formatted(
                named.version(),
                named.name(),
                manifest.checkpoints().stream()
                    .map(stored -> String.valueOf(stored.version()))
                    .collect(Collectors.joining(", "))));
  }

  private static InvalidSettingsException refused(String key, String message) {
    return new InvalidSettingsException(List.of(new Problem(PATH + key, message)));
  }
}
