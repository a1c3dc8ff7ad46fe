package io.millrace.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.checkpoints.failures.CheckpointUnavailableException;
import io.millrace.checkpoints.manifest.Summary;
import io.millrace.quickstart.EmbeddedBroker;
import io.millrace.trainer.TrainerMain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A trainer that slept while another took over ends when it wakes, whatever it was doing. */
@Timeout(240)
class PausedTrainerTest {
  private static final String MODEL = "paused";
  private static final int RECORDS = 60_000;

  @TempDir private Path folder;
  private EmbeddedBroker broker;
  private LetterTopic topic;
  private Path model;
  private JavaProcess sleeper;
  private JavaProcess successor;
  private final AtomicInteger allowed = new AtomicInteger();
  private CompletableFuture<Void> production;

  @BeforeEach
  void startBroker() throws Exception {
    broker =
        EmbeddedBroker.started(
            Map.of("transaction.abort.timed.out.transaction.cleanup.interval.ms", "100"));
    topic = new LetterTopic(broker.bootstrapServers(), RECORDS);
    topic.create();
    production = CompletableFuture.runAsync(this::produce);
    model = topic.model(MODEL, folder);
    sleeper = JavaProcess.started(TrainerMain.class, folder.resolve("sleeper.log"), model);
    successor = sleeper;
  }

  @AfterEach
  void stopAll() throws Exception {
    allowed.set(RECORDS * 2);
    production.join();
    sleeper.kill();
    successor.kill();
    broker.close();
  }

  @Test
  void training_sleeperWakesAfterAnotherTookOver_endsAsFencedAndTheOtherGoesOn() throws Exception {
    // Given
    awaitTrained(1000);

    // When
    sleeper.suspend();
    successor = JavaProcess.started(TrainerMain.class, folder.resolve("successor.log"), model);
    awaitTrained(position() + 1000);
    sleeper.wake();
    int exitCode = sleeper.awaitEnd();

    // Then
    assertThat(exitCode).isEqualTo(1);
    assertThat(Files.readString(folder.resolve("sleeper.log")))
        .contains("Ends: fenced: another trainer of paused took over")
        .doesNotContain("\tat io.millrace");
    awaitTrained(position() + 1000);
    assertThat(successor.isAlive()).isTrue();
    assertThat(Files.readString(folder.resolve("successor.log"))).doesNotContain("Going back");
  }

  private void produce() {
    try {
      topic.produce(allowed::get);
    } catch (Exception e) { // fails the test where the future is joined
      throw new IllegalStateException(e);
    }
  }

  private void awaitTrained(long records) throws IOException {
    while (position() < records) {
      assertThat(successor.isAlive()).as(logs()).isTrue();
      allowed.addAndGet(40);
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
  }

  private String logs() throws IOException {
    Path log = folder.resolve("successor.log");
    return Files.exists(log) ? Files.readString(log) : "";
  }

  private long position() {
    try {
      Optional<Summary> newest = topic.newestCheckpoint(MODEL);
      return newest.map(summary -> summary.counts().records()).orElse(0L);
    } catch (CheckpointUnavailableException e) {
      return 0; // before the trainer has created its topics
    }
  }
}
