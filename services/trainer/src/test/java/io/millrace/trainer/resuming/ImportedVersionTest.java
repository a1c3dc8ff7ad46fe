package io.millrace.trainer.resuming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.checkpoints.Checkpoint;
import io.millrace.checkpoints.DefinitionJson;
import io.millrace.checkpoints.Snapshot;
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
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImportedVersionTest {
  private static final String TOPIC = "others";

  @ParameterizedTest
  @ValueSource(strings = {"adam", "averaged"})
  void of_version_trainingGoesOnFromItsWeights(String optimizer) {
    // Given
    Learner trained = trained(document(4, optimizer));

    // When
    Snapshot first =
        imported(document(4, optimizer)).of(checkpoint(trained, document(4, optimizer)));

    // Then
    assertThat(first.weights().entries())
        .usingRecursiveComparison()
        .isEqualTo(trained.weights().entries());
    assertThat(first.summary().position().topic()).isEqualTo(TOPIC);
    assertThat(first.summary().position().nextOffsets()).isEmpty();
    assertThat(first.summary().counts().records()).isZero();
    assertThat(first.summary().metrics()).containsEntry("val_loss", 0.25);
    assertThat(first.summary().provenance().millraceVersion()).isEqualTo("elsewhere");
    Learner resumed = learner(document(4, optimizer));
    resumed.restore(first.weights(), Objects.requireNonNull(first.state()));
    assertThat(resumed.weights().entries())
        .usingRecursiveComparison()
        .isEqualTo(trained.weights().entries());
    assertThat(HexFormat.of().formatHex(resumed.parametersSha256()))
        .isEqualTo(first.summary().parametersSha256());
  }

  @Test
  void of_version_divergenceGoesBackToItsWeights() {
    // Given
    Learner trained = trained(document(4, "adam"));
    Snapshot first = imported(document(4, "adam")).of(checkpoint(trained, document(4, "adam")));
    Learner resumed = learner(document(4, "adam"));
    resumed.restore(first.weights(), Objects.requireNonNull(first.state()));

    // When
    resumed.batch().input(0)[0] = Float.NaN;
    resumed.train();
    resumed.flush();

    // Then
    assertThat(resumed.progress().divergences()).isOne();
    assertThat(resumed.parametersSha256()).isEqualTo(trained.parametersSha256());
  }

  @Test
  void of_anotherNetwork_saysWhatDiffers() {
    Checkpoint checkpoint = checkpoint(trained(document(4, "adam")), document(4, "adam"));

    assertThatThrownBy(() -> imported(document(5, "adam")).of(checkpoint))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessage("network.layers[0].units: is 5, but the file's model has 4; allowed: the same");
  }

  private static ImportedVersion imported(Map<String, Object> document) {
    ModelDefinition definition = ModelDefinition.read(Section.root(document));
    LearnerSettings settings = LearnerSettings.read(Section.root(document), definition);
    return new ImportedVersion(definition, settings, TOPIC, "00");
  }

  private static Learner trained(Map<String, Object> document) {
    Learner learner = learner(document);
    for (int record = 0; record < 20; record++) {
      learner.batch().input(0)[2 * learner.pending()] = record % 3;
      learner.batch().input(0)[2 * learner.pending() + 1] = 0;
      learner.batch().target(0)[learner.pending()] = record;
      learner.train();
    }
    learner.flush();
    return learner;
  }

  private static Learner learner(Map<String, Object> document) {
    ModelDefinition definition = ModelDefinition.read(Section.root(document));
    return new Learner(definition, LearnerSettings.read(Section.root(document), definition));
  }

  private static Checkpoint checkpoint(Learner learner, Map<String, Object> document) {
    ModelDefinition definition = ModelDefinition.read(Section.root(document));
    Summary summary =
        new Summary(
            Instant.EPOCH,
            new StreamPosition("numbers", Map.of(0, 100L)),
            new StoredCounts(20, 0, 0, 0, 3, 1),
            "CONVERGED",
            0.001,
            Map.of("val_loss", 0.25),
            Provenance.ofThisProcess("elsewhere", "host", 1, ""),
            "",
            Optional.empty(),
            List.of());
    return new Checkpoint(
        "numbers", 12, DefinitionJson.write(definition.tree()), learner.weights(), null, summary);
  }

  private static Map<String, Object> document(int units, String optimizer) {
    Map<String, Object> chosen =
        optimizer.equals("averaged")
            ? Map.of("type", "sgd", "use_ema", true)
            : Map.of("type", optimizer);
    return Map.of(
        "inputs", Map.of("f", Map.of("fields", List.of("a"))),
        "outputs", Map.of("y", Map.of()),
        "network",
            Map.of(
                "layers",
                List.of(
                    Map.of("type", "dense", "units", units), Map.of("type", "dense", "units", 1))),
        "training", Map.of("optimizer", chosen));
  }
}
