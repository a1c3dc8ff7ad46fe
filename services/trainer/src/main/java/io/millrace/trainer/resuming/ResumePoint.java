package io.millrace.trainer.resuming;

import io.millrace.checkpoints.Checkpoint;
import io.millrace.checkpoints.DefinitionJson;
import io.millrace.checkpoints.manifest.StreamPosition;
import io.millrace.learning.Learner;
import io.millrace.learning.LearnerSettings;
import io.millrace.learning.LearningEvent;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.learning.rivals.RivalsSettings;
import io.millrace.learning.state.IncompatibleStateException;
import io.millrace.learning.state.State;
import io.millrace.settings.InvalidSettingsException;
import io.millrace.settings.Problem;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The point at which training resumes or begins.
 *
 * @param learner the learner, restored if there is a checkpoint
 * @param position the records to read next
 * @param version the checkpoint's version; 0 if training begins
 * @param state the rest of the checkpoint's state; empty if training begins
 */
public record ResumePoint(
    Learner learner, StreamPosition position, long version, Optional<State> state) {
  private static final String WAY_OUT = "choose another name under model to train a new one";

  /**
   * Creates a learner, and restores it if there is a checkpoint.
   *
   * @param events receives the learner's events
   * @throws InvalidSettingsException if the checkpoint does not belong to the model of the settings
   */
  public static ResumePoint of(
      Optional<Checkpoint> newest,
      ModelDefinition definition,
      LearnerSettings settings,
      String topic,
      Consumer<LearningEvent> events) {
    Learner learner = new Learner(definition, settings, events);
    if (newest.isEmpty()) {
      return new ResumePoint(learner, new StreamPosition(topic, Map.of()), 0, Optional.empty());
    }
    Checkpoint checkpoint = newest.get();
    StreamPosition position = checkpoint.summary().position();
    requireSameTopic(position.topic(), topic);
    boolean replaces = settings.rivals().flatMap(RivalsSettings::tournament).isPresent();
    requireSameModel(checkpoint, definition, replaces);
    State state = Objects.requireNonNull(checkpoint.state(), "a checkpoint to serve only");
    restore(learner, checkpoint, state);
    return new ResumePoint(learner, position, checkpoint.version(), Optional.of(state));
  }

  private static void requireSameTopic(String trained, String topic) {
    if (!trained.equals(topic)) {
      throw refused(
          "records.topic",
          "is %s, but the model has learned from %s; %s".formatted(topic, trained, WAY_OUT));
    }
  }

  /**
   * @param replaces whether a tournament replaces rivals, so that only their number has to be the
   *     same
   */
  private static void requireSameModel(
      Checkpoint checkpoint, ModelDefinition definition, boolean replaces) {
    Map<String, Object> trained = DefinitionJson.read(checkpoint.definition());
    Map<String, Object> now = definition.tree();
    Optional<Difference> difference =
        replaces
            ? Difference.ofModelsWhoseRivalsChange(trained, now)
            : Difference.ofModels(trained, now);
    if (difference.isPresent()) {
      throw refused(
          difference.get().path(),
          "is %s, but was %s when checkpoint %d was trained; change it back, or %s"
              .formatted(
                  difference.get().after(),
                  difference.get().before(),
                  checkpoint.version(),
                  WAY_OUT));
    }
  }

  private static void restore(Learner learner, Checkpoint checkpoint, State state) {
    try {
      learner.restore(checkpoint.weights(), state);
    } catch (IncompatibleStateException e) {
      throw refused(
          "training",
          "does not fit checkpoint %d (%s); use the settings and the version that wrote it, or %s"
              .formatted(checkpoint.version(), e.getMessage(), WAY_OUT));
    }
  }

  private static InvalidSettingsException refused(String path, String message) {
    return new InvalidSettingsException(List.of(new Problem(path, message)));
  }
}
