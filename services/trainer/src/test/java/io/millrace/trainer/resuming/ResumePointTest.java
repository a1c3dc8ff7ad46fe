package io.millrace.trainer.resuming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.checkpoints.Checkpoint;
import io.millrace.checkpoints.DefinitionJson;
import io.millrace.checkpoints.manifest.Provenance;
import io.millrace.checkpoints.manifest.StoredCounts;
import io.millrace.checkpoints.manifest.StreamPosition;
import io.millrace.checkpoints.manifest.Summary;
import io.millrace.learning.Learner;
import io.millrace.learning.LearnerSettings;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.settings.InvalidSettingsException;
import io.millrace.settings.Section;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ResumePointTest {
  private static final String TOPIC = "numbers";

  @Test
  void of_noCheckpoint_beginsAtTheBeginning() {
    ResumePoint point = resume(Optional.empty(), document(4, "adam"), TOPIC);

    assertThat(point.version()).isZero();
    assertThat(point.position().nextOffsets()).isEmpty();
  }

  @Test
  void of_checkpoint_goesOnWithItsWeightsAndPosition() {
    // Given
    Learner trained = learner(document(4, "adam"));
    trained.batch().input(0)[0] = 1;
    trained.train();
    trained.flush();

    // When
    ResumePoint point =
        resume(Optional.of(checkpoint(trained, document(4, "adam"))), document(4, "adam"), TOPIC);

    // Then
    assertThat(point.version()).isEqualTo(12);
    assertThat(point.position().nextOffsets()).isEqualTo(Map.of(0, 100L));
    assertThat(point.learner().parametersSha256()).isEqualTo(trained.parametersSha256());
    assertThat(point.learner().progress().counts().trained()).isOne();
  }

  @Test
  void of_anotherNetwork_saysWhatDiffersAndWhatToDo() {
    Checkpoint checkpoint = checkpoint(learner(document(4, "adam")), document(4, "adam"));

    assertThatThrownBy(() -> resume(Optional.of(checkpoint), document(5, "adam"), TOPIC))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessage(
            "network.layers[0].units: is 5, but was 4 when checkpoint 12 was trained;"
                + " change it back, or choose another name under model to train a new one");
  }

  @Test
  void of_anotherTargetScaling_isAnotherModel() {
    Map<String, Object> scaled = new HashMap<>(document(4, "adam"));
    scaled.put("outputs", Map.of("y", Map.of("target_scaling", "log")));
    Checkpoint checkpoint = checkpoint(learner(document(4, "adam")), document(4, "adam"));

    assertThatThrownBy(() -> resume(Optional.of(checkpoint), scaled, TOPIC))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageStartingWith("outputs.y.target_scaling: is log, but was absent when");
  }

  @Test
  void of_otherRivals_saysTheirNames() {
    Map<String, Object> two = withRivals("first", "second");
    Checkpoint checkpoint = checkpoint(learner(two), two);

    assertThatThrownBy(() -> resume(Optional.of(checkpoint), withRivals("first", "third"), TOPIC))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageStartingWith(
            "rivals: is first, third, but was first, second when checkpoint 12");
    assertThatThrownBy(() -> resume(Optional.of(checkpoint), document(4, "adam"), TOPIC))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageStartingWith("rivals: is absent, but was first, second when checkpoint 12");
  }

  @Test
  void of_anotherTopic_saysSo() {
    Checkpoint checkpoint = checkpoint(learner(document(4, "adam")), document(4, "adam"));

    assertThatThrownBy(() -> resume(Optional.of(checkpoint), document(4, "adam"), "others"))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageStartingWith(
            "records.topic: is others, but the model has learned from numbers;");
  }

  @Test
  void of_anotherOptimizer_saysWhatDoesNotFit() {
    Checkpoint checkpoint = checkpoint(learner(document(4, "sgd")), document(4, "sgd"));

    assertThatThrownBy(() -> resume(Optional.of(checkpoint), document(4, "adam"), TOPIC))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageStartingWith("training: does not fit checkpoint 12 (");
  }

  private static Map<String, Object> withRivals(String... names) {
    Map<String, Object> document = new HashMap<>(document(4, "adam"));
    document.put("rivals", Stream.of(names).map(name -> Map.of("name", name)).toList());
    return document;
  }

  private static ResumePoint resume(
      Optional<Checkpoint> newest, Map<String, Object> document, String topic) {
    ModelDefinition definition = ModelDefinition.read(Section.root(document));
    return ResumePoint.of(newest, definition, settings(document, definition), topic, event -> {});
  }

  private static Learner learner(Map<String, Object> document) {
    ModelDefinition definition = ModelDefinition.read(Section.root(document));
    return new Learner(definition, settings(document, definition));
  }

  private static LearnerSettings settings(
      Map<String, Object> document, ModelDefinition definition) {
    return LearnerSettings.read(Section.root(document), definition);
  }

  private static Checkpoint checkpoint(Learner learner, Map<String, Object> document) {
    ModelDefinition definition = ModelDefinition.read(Section.root(document));
    Summary summary =
        new Summary(
            Instant.EPOCH,
            new StreamPosition(TOPIC, Map.of(0, 100L)),
            new StoredCounts(1, 0, 0, 0, 1, 0),
            "TRAINING",
            0.001,
            Map.of(),
            Provenance.ofThisProcess("test", "host", 1, ""),
            "",
            Optional.empty(),
            List.of());
    return new Checkpoint(
        "numbers",
        12,
        DefinitionJson.write(definition.tree()),
        learner.weights(),
        learner.state(),
        summary);
  }

  private static Map<String, Object> document(int units, String optimizer) {
    return Map.of(
        "inputs", Map.of("features", Map.of("fields", List.of("x"))),
        "outputs", Map.of("y", Map.of()),
        "network",
            Map.of(
                "layers",
                List.of(
                    Map.of("type", "dense", "units", units), Map.of("type", "dense", "units", 1))),
        "training", Map.of("optimizer", optimizer));
  }
}
