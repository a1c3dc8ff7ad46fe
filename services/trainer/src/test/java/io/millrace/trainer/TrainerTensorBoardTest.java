package io.millrace.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.proto.events.v1.TrainingEvent;
import io.millrace.quickstart.EmbeddedBroker;
import io.millrace.runtime.lifecycle.Health;
import io.millrace.runtime.management.Metrics;
import io.millrace.settings.InvalidSettingsException;
import io.millrace.trainer.tensorboard.EventFiles;
import io.millrace.trainer.tensorboard.EventFiles.Point;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A trainer's files for TensorBoard against its events topic. */
class TrainerTensorBoardTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path folder;
  @AutoClose private final Metrics metrics = new Metrics();
  @AutoClose private final EmbeddedBroker broker = EmbeddedBroker.started();

  @Test
  void train_overARestart_hasEachEvaluationOfTheTopicOnce() throws Exception {
    // Given
    TestStream stream = new TestStream(broker.bootstrapServers(), "board", 3000);
    TrainerSettings settings =
        stream.settingsWith(
            "tensorboard", Map.of("log_dir", folder.toString(), "histograms_every", 3));
    stream.createTopic();
    stream.produce(0, 1500);
    run(settings, 1400);

    // When: what was written at the end is lost
    Path train = folder.resolve("board/train");
    Path newest = EventFiles.of(train).get(0);
    byte[] written = Files.readAllBytes(newest);
    Files.write(newest, Arrays.copyOf(written, written.length * 2 / 3));
    stream.produce(1500, stream.size());
    run(settings, stream.size());

    // Then
    List<TrainingEvent> evaluations =
        stream.events(settings).stream().filter(TrainingEvent::hasEvaluation).toList();
    assertThat(evaluations).hasSizeGreaterThan(30);
    requireEach(evaluations, train, "loss", "epoch_loss");
    requireEach(evaluations, train, "rolling_accuracy", "epoch_rolling_accuracy");
    Path validation = folder.resolve("board/validation");
    requireEach(evaluations, validation, "val_loss", "epoch_loss");
    requireEach(evaluations, validation, "val_accuracy", "epoch_accuracy");
    requireEach(evaluations, validation, "val_majority_accuracy", "epoch_majority_accuracy");
  }

  @Test
  void start_folderThatCannotBe_isABadSetting() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");
    TestStream stream = new TestStream(broker.bootstrapServers(), "nowhere", 1);
    TrainerSettings settings =
        stream.settingsWith("tensorboard", Map.of("log_dir", file.toString()));

    assertThatThrownBy(
            () -> new TrainerService(settings, new Health(), metrics, (name, failure) -> {}))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("tensorboard.log_dir: is " + file + ", which cannot be used (");
    assertThatThrownBy(() -> stream.settingsWith("tensorboard", Map.of("histograms_every", -1)))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining(
            "tensorboard.histograms_every: is -1; allowed: whole number, at least 0");
  }

  @Test
  void inspection_whileWanted_isOfTheNewestEvaluations() throws Exception {
    // Given
    TestStream stream = new TestStream(broker.bootstrapServers(), "seen", 2000);
    stream.createTopic();
    stream.produce(0, 1000);
    TrainerService service = started(stream.settings());
    await(service, 900);
    assertThat(service.inspection()).isEmpty();

    // When
    service.wantInspections();
    stream.produce(1000, stream.size());
    await(service, stream.size());

    // Then
    assertThat(service.inspection().orElseThrow().outputs().get(0).classes())
        .containsExactly("left", "right", "on");
    assertThat(service.inspection().orElseThrow().weights().get(0).gradient()).isPresent();
    assertThat(service.stop(PATIENCE)).isTrue();
  }

  @Test
  void inspection_wantedWhileNoRecordsCome_isOfTheModelAsItIs() throws Exception {
    // Given
    TestStream stream = new TestStream(broker.bootstrapServers(), "rest", 2000);
    stream.createTopic();
    stream.produce(0, stream.size());
    TrainerService service = started(stream.settings());
    await(service, stream.size());

    // When
    service.wantInspections();

    // Then
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (service.inspection().isEmpty()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      service.wantInspections();
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
    assertThat(service.inspection().orElseThrow().records())
        .isEqualTo(service.progress().learning().counts().trained());
    assertThat(service.stop(PATIENCE)).isTrue();
  }

  private static void requireEach(
      List<TrainingEvent> evaluations, Path run, String score, String tag) throws IOException {
    List<Point> expected = new ArrayList<>();
    for (TrainingEvent event : evaluations) {
      if (event.getEvaluation().containsMetrics(score)) {
        float value = (float) event.getEvaluation().getMetricsOrThrow(score);
        expected.add(new Point(event.getRecords(), event.getTimeMillis(), value));
      }
    }
    assertThat(EventFiles.scalars(run, tag)).as(tag).isEqualTo(expected);
  }

  private void run(TrainerSettings settings, long records) throws InterruptedException {
    TrainerService service = started(settings);
    await(service, records);
    assertThat(service.stop(PATIENCE)).isTrue();
  }

  private TrainerService started(TrainerSettings settings) {
    TrainerService service =
        new TrainerService(
            settings,
            new Health(),
            metrics,
            (name, failure) -> {
              throw new IllegalStateException(name, failure);
            });
    service.start();
    return service;
  }

  private static void await(TrainerService service, long records) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (service.progress().learning().counts().records() < records) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
  }
}
