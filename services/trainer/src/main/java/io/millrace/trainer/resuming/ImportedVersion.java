package io.millrace.trainer.resuming;

import io.millrace.checkpoints.Checkpoint;
import io.millrace.checkpoints.DefinitionJson;
import io.millrace.checkpoints.Snapshot;
import io.millrace.checkpoints.manifest.Provenance;
import io.millrace.checkpoints.manifest.StoredCounts;
import io.millrace.checkpoints.manifest.StreamPosition;
import io.millrace.checkpoints.manifest.Summary;
import io.millrace.learning.Learner;
import io.millrace.learning.LearnerSettings;
import io.millrace.learning.devices.UnusableDeviceException;
import io.millrace.learning.keras.KerasWeights;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.learning.model.Preprocessing;
import io.millrace.learning.model.Weights;
import io.millrace.learning.network.Network;
import io.millrace.learning.state.IncompatibleStateException;
import io.millrace.learning.state.State;
import io.millrace.runtime.Version;
import io.millrace.settings.InvalidSettingsException;
import io.millrace.settings.Problem;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The first version of a model that has learned elsewhere. It has read nothing of the records
 * topic, so training goes on from its weights at the oldest record, with a new optimizer.
 *
 * @param definition of the model that it becomes a version of
 * @param settings how that model is trained
 * @param topic the topic of its records
 * @param settingsSha256 the hash of its definition and settings, in hexadecimal digits
 */
public record ImportedVersion(
    ModelDefinition definition, LearnerSettings settings, String topic, String settingsSha256) {

  /**
   * Returns a version of Millrace as the first one of the settings' model.
   *
   * @throws InvalidSettingsException if the settings have another network, or other inputs or
   *     outputs
   */
  public Snapshot of(Checkpoint learned) {
    Map<String, Object> found = DefinitionJson.read(learned.definition());
    Difference.ofModels(found, definition.tree())
        .ifPresent(
            difference -> {
              throw refused(
                  difference.path(),
                  "is %s, but the file's model has %s; allowed: the same"
                      .formatted(difference.after(), difference.before()));
            });
    Learner learner = learner(learned.weights());
    Summary summary = learned.summary();
    return snapshot(learner, summary.createdAt(), summary.metrics(), summary.provenance());
  }

  /**
   * Returns the weights of a file of Keras as the first version of the settings' model.
   *
   * @param file .keras, .weights.h5 or .h5
   * @throws InvalidSettingsException if the file does not have the weights of the settings'
   *     network, or not the statistics of its inputs and outputs
   */
  public Snapshot ofKeras(Path file) {
    if (!definition.rivals().isEmpty()) {
      throw refused("rivals", "are given, but a file of Keras has one network; leave them out");
    }
    Preprocessing preprocessing = KerasStatistics.read(file, definition);
    Network network = Network.compile(definition.network(), List.of(), 1, 0);
    try {
      KerasWeights.read(file, definition.network(), List.of(), network.weights());
    } catch (InvalidSettingsException e) {
      throw new InvalidSettingsException(
          e.problems().stream().map(problem -> new Problem("FILE", problem.message())).toList());
    }
    Weights weights = new Weights(definition);
    weights.members().get(0).copyFrom(network.weights(), preprocessing);
    State state = new State();
    weights.save(state);
    Learner learner = learner(state);
    Provenance provenance =
        Provenance.ofThisProcess(
            Version.current(),
            learner.engine().backend(),
            learner.engine().threads(),
            settingsSha256);
    return snapshot(learner, Instant.now(), Map.of(), provenance);
  }

  private Learner learner(State weights) {
    try {
      Learner learner = new Learner(definition, settings);
      learner.beginWith(weights);
      return learner;
    } catch (UnusableDeviceException e) {
      throw refused("training.device", "is gpu, but " + e.getMessage() + "; allowed: cpu");
    } catch (IncompatibleStateException e) {
      throw refused("inputs", "do not fit the file's statistics: " + e.getMessage());
    }
  }

  private Snapshot snapshot(
      Learner learner, Instant createdAt, Map<String, Double> metrics, Provenance provenance) {
    Summary summary =
        new Summary(
            createdAt,
            new StreamPosition(topic, Map.of()),
            new StoredCounts(0, 0, 0, 0, 0, 0),
            learner.progress().phase().name(),
            learner.progress().learningRate(),
            metrics,
            provenance,
            HexFormat.of().formatHex(learner.parametersSha256()),
            Optional.empty(),
            List.of());
    return new Snapshot(
        DefinitionJson.write(definition.tree()), learner.weights(), learner.state(), summary);
  }

  private static InvalidSettingsException refused(String path, String message) {
    return new InvalidSettingsException(List.of(new Problem(path, message)));
  }
}
