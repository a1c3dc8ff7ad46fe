package io.millrace.checkpoints;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.checkpoints.failures.CheckpointMissingException;
import io.millrace.checkpoints.failures.CheckpointUnavailableException;
import io.millrace.checkpoints.manifest.Manifest;
import io.millrace.checkpoints.manifest.ManifestFollower;
import io.millrace.quickstart.EmbeddedBroker;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A commit becomes visible on one topic before the other, and topics and brokers may come late. */
class VisibilityTest {
  @AutoClose private static final EmbeddedBroker broker = EmbeddedBroker.started();

  @Test
  void latest_manifestVisibleBeforeItsChunks_waitsForThem() throws Exception {
    TestKafka kafka = new TestKafka(broker, "waiting");
    // An open transaction hides everything after it in its partition.
    try (Producer<byte[], byte[]> other = kafka.producer("other");
        CheckpointWriter writer = kafka.writer();
        ManifestFollower follower = kafka.follower();
        CheckpointReader reader = kafka.reader();
        CheckpointReader impatient = kafka.reader(Duration.ofSeconds(2))) {
      // Given
      other.initTransactions();
      other.beginTransaction();
      other.send(new ProducerRecord<>(kafka.topics.chunks(), "key".getBytes(UTF_8), null)).get();
      writer.write(Samples.snapshot(1), List.of());
      assertThat(await(follower)).isEqualTo(writer.manifest());

      // When
      assertThatThrownBy(impatient::latest)
          .isInstanceOf(CheckpointMissingException.class)
          .hasMessage(
              "the weights part of waiting version 1 was not on waiting.checkpoints within 2.0 s");
      CompletableFuture<Optional<Checkpoint>> waiting =
          CompletableFuture.supplyAsync(reader::latest);
      other.commitTransaction();

      // Then
      assertThat(waiting.get(20, SECONDS).orElseThrow().version()).isEqualTo(1);
    }
  }

  @Test
  void manifest_topicMissing_saysSo() {
    TestKafka kafka = TestKafka.withoutTopics(broker, "missing");
    try (CheckpointReader reader = kafka.reader(Duration.ofMillis(300))) {
      assertThatThrownBy(reader::manifest)
          .isInstanceOf(CheckpointUnavailableException.class)
          .hasMessage("Kafka did not know the topic missing.checkpoints.manifest within 0.3 s");
    }
  }

  @Test
  void poll_severalWritten_isTheNewestAndThenEachNewOne() throws Exception {
    TestKafka kafka = new TestKafka(broker, "followed");
    try (CheckpointWriter writer = kafka.writer();
        ManifestFollower follower = kafka.follower()) {
      // Given
      writer.write(Samples.snapshot(1), List.of());
      writer.write(Samples.snapshot(2), List.of());
      kafka.settle();

      // When
      Manifest first = await(follower);
      writer.write(Samples.snapshot(3), List.of());
      Manifest second = await(follower);

      // Then
      assertThat(first.latestVersion()).isEqualTo(2);
      assertThat(second).isEqualTo(writer.manifest());
      assertThat(follower.poll(Duration.ZERO)).isEmpty();
    }
  }

  @Test
  void poll_topicCreatedLater_hearsOfIt() throws Exception {
    try (ManifestFollower follower = TestKafka.withoutTopics(broker, "late").follower()) {
      // Given
      assertThat(follower.poll(Duration.ofMillis(200))).isEmpty();

      // When
      try (CheckpointWriter writer = new TestKafka(broker, "late").writer()) {
        writer.write(Samples.snapshot(1), List.of());
      }

      // Then
      assertThat(await(follower).latestVersion()).isEqualTo(1);
    }
  }

  @Test
  void write_brokerAway_waitsForIt() throws Exception {
    TestKafka kafka = new TestKafka(broker, "patient");
    try (CheckpointWriter writer = kafka.writer();
        CheckpointReader reader = kafka.reader()) {
      // Given
      writer.write(Samples.snapshot(1), List.of());
      broker.stop();

      // When
      CompletableFuture<Long> written =
          CompletableFuture.supplyAsync(() -> writer.write(Samples.snapshot(2), List.of()));
      broker.start();

      // Then
      assertThat(written.get(60, SECONDS)).isEqualTo(2);
      kafka.settle();
      assertThat(reader.latest().orElseThrow().summary()).isEqualTo(Samples.summary(2));
    }
  }

  private static Manifest await(ManifestFollower follower) {
    for (int attempt = 0; attempt < 20; attempt++) {
      Optional<Manifest> manifest = follower.poll(Duration.ofSeconds(1));
      if (manifest.isPresent()) {
        return manifest.get();
      }
    }
    throw new AssertionError("no manifest came");
  }
}
