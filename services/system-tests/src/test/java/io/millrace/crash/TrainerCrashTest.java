package io.millrace.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.checkpoints.failures.CheckpointUnavailableException;
import io.millrace.checkpoints.manifest.Summary;
import io.millrace.quickstart.FreePort;
import io.millrace.trainer.TrainerMain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every record is trained once and a resumed run equals an uninterrupted one, whatever is killed
 * when. The model has rivals, which a tournament replaces. {@code -Dmillrace.crash.kills=50} kills
 * the trainer so often.
 */
@Timeout(3600)
class TrainerCrashTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String KILLED = "killed";
  private static final int KILLS = Integer.getInteger("millrace.crash.kills", 3);
  private static final int RECORDS_BETWEEN_KILLS = 500;
  private static final int RECORDS = 4000 + 2 * KILLS * RECORDS_BETWEEN_KILLS;
  private static final String RIVALS =
      "rivals: {memory: 300, tournament: {every: 1000, keep: 2}, learners: [{name: default},"
          + " {name: fast, training: {optimizer: {learning_rate: 0.009}}},"
          + " {name: replay, training: {replay: {size: 100}}}]}";
  private static final int RECORDS_OF_A_STEP = 40;

  @TempDir private Path folder;
  private int port;
  private int controllerPort;
  private JavaProcess broker;
  private JavaProcess trainer;
  private LetterTopic topic;

  private final AtomicInteger allowed = new AtomicInteger();

  @BeforeEach
  void startBroker() throws Exception {
    port = FreePort.find();
    controllerPort = FreePort.find();
    broker = brokerProcess();
    topic = new LetterTopic("127.0.0.1:" + port, RECORDS);
    topic.create();
    trainer = trainerProcess(topic.model(KILLED, folder, RIVALS));
  }

  @AfterEach
  void stopProcesses() throws Exception {
    trainer.kill();
    broker.kill();
  }

  @Test
  void training_trainerAndBrokerKilledWhileRecordsArrive_equalsAnUninterruptedRun()
      throws Exception {
    // Given
    CompletableFuture<Void> production = CompletableFuture.runAsync(this::produce);

    // When
    for (int kill = 1; kill <= KILLS; kill++) {
      awaitMoreTrained();
      trainer.kill();
      trainer = trainerProcess(folder.resolve(KILLED + ".yaml"));
    }
    awaitMoreTrained();
    broker.kill();
    broker = brokerProcess();
    allowed.set(topic.size());
    production.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    awaitTrained(KILLED, topic.size());
    int exitCode = trainer.terminate();

    // Then
    assertThat(exitCode).isEqualTo(128 + 15);
    Summary killed = topic.newestCheckpoint(KILLED).orElseThrow();
    Summary whole = uninterrupted();
    assertThat(killed.counts()).isEqualTo(whole.counts());
    assertThat(killed.counts().records()).isEqualTo(topic.size());
    assertThat(killed.parametersSha256()).isEqualTo(whole.parametersSha256());
    assertThat(topic.deadLetterOffsets(KILLED)).isEqualTo(topic.badOffsets());
  }

  private Summary uninterrupted() throws Exception {
    trainer = trainerProcess(topic.model("uninterrupted", folder, RIVALS));
    awaitTrained("uninterrupted", topic.size());
    return topic.newestCheckpoint("uninterrupted").orElseThrow();
  }

  private void produce() {
    try {
      topic.produce(allowed::get);
    } catch (Exception e) { // fails the test where the future is joined
      throw new IllegalStateException(e);
    }
  }

  /** Waits for a checkpoint that this trainer has written, and not the one before it. */
  private void awaitMoreTrained() {
    awaitTrained(KILLED, Math.min(topic.size(), position(KILLED) + RECORDS_BETWEEN_KILLS));
  }

  private void awaitTrained(String model, long records) {
    long limit = System.nanoTime() + PATIENCE.toNanos();
    while (position(model) < records) {
      assertThat(System.nanoTime()).as(() -> state(model)).isLessThan(limit);
      assertThat(trainer.isAlive()).as(() -> state(model)).isTrue();
      allowed.addAndGet(RECORDS_OF_A_STEP); // records go on arriving, so that steps go on, too
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
  }

  /** Returns all that can explain why a trainer does not go on. */
  private String state(String model) {
    String state =
        "%s has learned %d of %d records%n".formatted(model, position(model), topic.size());
    try {
      return state + Files.readString(log()) + trainer.threads() + broker.threads();
    } catch (IOException e) {
      return state + e;
    }
  }

  private long position(String model) {
    try {
      Optional<Summary> newest = topic.newestCheckpoint(model);
      return newest.map(summary -> summary.counts().records()).orElse(0L);
    } catch (CheckpointUnavailableException e) {
      return 0; // before the trainer has created its topics
    }
  }

  private JavaProcess trainerProcess(Path model) throws IOException {
    return JavaProcess.started(TrainerMain.class, log(), model);
  }

  private Path log() {
    return folder.resolve("trainer.log");
  }

  private JavaProcess brokerProcess() throws IOException {
    return JavaProcess.started(
        BrokerProgram.class,
        folder.resolve("broker.log"),
        folder.resolve("broker"),
        port,
        controllerPort);
  }
}
