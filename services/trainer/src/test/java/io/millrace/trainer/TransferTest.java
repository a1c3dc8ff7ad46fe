package io.millrace.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.checkpoints.manifest.Summary;
import io.millrace.quickstart.EmbeddedBroker;
import io.millrace.settings.InvalidSettingsException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** An autoencoder of records without labels, and a model that begins with its layers. */
class TransferTest {
  @AutoClose private static final EmbeddedBroker broker = EmbeddedBroker.started();

  @Test
  void training_layersOfAnAutoencoder_crashesDecideAlikeWithoutIt() throws Exception {
    // Given: a model of the records' features alone
    TestStream stream = TestStream.written(broker, "transfer", 600);
    TrainerSettings autoencoder = autoencoder(stream);
    train(stream, autoencoder);
    assertThat(newest(stream, autoencoder).counts().trained()).isGreaterThan(400);
    assertThat(newest(stream, autoencoder).counts().rejected()).isEqualTo(stream.badRecords());

    // When: one run without a stop, and one that crashes before and after layers are unfrozen
    TrainerSettings uninterrupted = classifier(stream, "uninterrupted", "champion");
    train(stream, uninterrupted);
    TrainerSettings crashed = classifier(stream, "crashed", "champion");
    RunningTrainer first = new RunningTrainer(crashed);
    first.turnUntil(progress -> progress.version() > 1);
    stream.delete(autoencoder.checkpoints().topic(), autoencoder.checkpoints().topics().manifest());
    first.trainUntil(100);
    first.crash();
    RunningTrainer second = new RunningTrainer(crashed);
    second.trainUntil(400);
    second.crash();
    train(stream, crashed);

    // Then
    assertThat(newest(stream, crashed).parametersSha256())
        .isEqualTo(newest(stream, uninterrupted).parametersSha256());
    assertThat(newest(stream, crashed).metrics())
        .isEqualTo(newest(stream, uninterrupted).metrics());
  }

  @Test
  void start_noSuchVersionOrModel_isRefused() throws Exception {
    TestStream stream = TestStream.written(broker, "refused", 60);
    RunningTrainer early = new RunningTrainer(classifier(stream, "early", "latest"));
    assertThatThrownBy(() -> early.turn(1))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining(
            "training.initial_weights.model: is refused-autoencoder, but there is no topic"
                + " refused-autoencoder.checkpoints.manifest");
    early.crash();
    train(stream, autoencoder(stream));

    RunningTrainer wrong = new RunningTrainer(classifier(stream, "wrong", "99"));
    assertThatThrownBy(() -> wrong.turn(1))
        .hasMessageContaining(
            "training.initial_weights.version: is 99, which is not retained of refused-autoencoder;"
                + " retained: ");
    wrong.crash();
  }

  private static Summary newest(TestStream stream, TrainerSettings settings) {
    return stream.newestCheckpoint(settings).orElseThrow();
  }

  private static void train(TestStream stream, TrainerSettings settings) {
    RunningTrainer trainer = new RunningTrainer(settings);
    trainer.trainUntil(stream.size());
    trainer.stop();
  }

  private static String nameOf(TestStream stream) {
    return stream.topic() + "-autoencoder";
  }

  private static TrainerSettings autoencoder(TestStream stream) {
    return stream.settingsOf(
        nameOf(stream),
        Map.of(
            "outputs",
            Map.of("again", Map.of("reconstructs", "features")),
            "network",
            Map.of("layers", List.of(dense("hidden", 8, "relu"), dense("again", 2, "linear")))));
  }

  private static TrainerSettings classifier(TestStream stream, String model, String version) {
    Map<String, Object> initial = new LinkedHashMap<>();
    initial.put("model", nameOf(stream));
    initial.put("version", version);
    initial.put("layers", List.of("hidden"));
    initial.put("frozen", true);
    initial.put("unfreeze_after", 240);
    return stream.settingsOf(
        model,
        Map.of(
            "network",
            Map.of("layers", List.of(dense("hidden", 8, "relu"), dense("side", 3, "softmax"))),
            "training",
            Map.of("batch_size", 8, "max_batch_age", "1m", "initial_weights", initial)));
  }

  private static Map<String, Object> dense(String name, int units, String activation) {
    return Map.of("type", "dense", "name", name, "units", units, "activation", activation);
  }
}
