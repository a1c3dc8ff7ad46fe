package io.millrace.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.joiner.JoinerMain;
import io.millrace.quickstart.EmbeddedBroker;
import io.millrace.quickstart.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every pair is joined once and every record counted once, whenever the joiner is killed. */
@Timeout(900)
class JoinerCrashTest {
  private static final Duration PATIENCE = Duration.ofSeconds(180);
  private static final Duration ANSWER_PATIENCE = Duration.ofSeconds(10);
  private static final int EXAMPLES = 3000;
  private static final double[] KILLS_AT = {0.3, 0.6};
  private static final Pattern COUNT =
      Pattern.compile("millrace_joiner_ledger_records\\{.*outcome=\"(\\w+)\"} (\\S+)");

  @TempDir private Path folder;

  /**
   * With HTTP/2 a request may take up the connection to a process that was killed just then, and
   * wait for its answer for ever.
   */
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(ANSWER_PATIENCE)
          .build();

  private EmbeddedBroker broker;
  private final LateLabels labels = new LateLabels(EXAMPLES);
  private JoinTopics topics;
  private Path model;
  private int port;
  private JavaProcess joiner;

  @BeforeEach
  void startBroker() throws Exception {
    broker = EmbeddedBroker.started();
    topics = new JoinTopics(broker.bootstrapServers());
    topics.create();
    port = FreePort.find();
    model = topics.model(folder, LateLabels.WITHIN, port);
    joiner = process();
  }

  @AfterEach
  void stop() throws Exception {
    joiner.kill();
    broker.close();
  }

  @Test
  void join_joinerKilledWhileItWrites_everyPairIsJoinedOnceAndTheCountsAreExact() throws Exception {
    // Given
    for (double share : KILLS_AT) {
      awaitReady();
      long before = topics.written();
      topics.send(labels.arrivingUntil(share));

      // When
      awaitWritten(before + 100);
      joiner.kill();
      joiner = process();
    }
    topics.send(labels.arrivingUntil(1));
    topics.send(labels.passing());
    awaitCounts(labels.expectedCounts());
    int exitCode = joiner.terminate();

    // Then
    assertThat(exitCode).isEqualTo(128 + 15);
    assertThat(topics.records()).isEqualTo(labels.expectedRecords());
    Map<String, Long> unjoined = labels.expectedCounts();
    unjoined.remove("joined");
    unjoined.values().removeIf(count -> count == 0);
    assertThat(topics.unjoined()).isEqualTo(unjoined);
  }

  private void awaitReady() throws Exception {
    long limit = System.nanoTime() + PATIENCE.toNanos();
    while (status("readyz") != 200) {
      pause(limit);
    }
  }

  private void awaitWritten(long records) throws IOException {
    long limit = System.nanoTime() + PATIENCE.toNanos();
    while (topics.written() < records) {
      pause(limit);
    }
  }

  /** Waits for these very counts. */
  private void awaitCounts(Map<String, Long> expected) throws Exception {
    long limit = System.nanoTime() + PATIENCE.toNanos();
    Map<String, Long> counts = counts();
    while (!counts.equals(expected)) {
      assertThat(System.nanoTime()).as("%s", counts).isLessThan(limit);
      pause(limit);
      counts = counts();
    }
  }

  private Map<String, Long> counts() throws Exception {
    Map<String, Long> counts = new TreeMap<>();
    if (status("readyz") == 200) {
      COUNT
          .matcher(http.send(request("metrics"), BodyHandlers.ofString()).body())
          .results()
          .forEach(m -> counts.put(m.group(1), (long) Double.parseDouble(m.group(2))));
    }
    return counts;
  }

  private int status(String path) throws InterruptedException {
    try {
      return http.send(request(path), BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      return 0; // before it listens, or the process is busy with itself
    }
  }

  private HttpRequest request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/" + path))
        .timeout(ANSWER_PATIENCE)
        .build();
  }

  private void pause(long limitNanos) throws IOException {
    assertThat(joiner.isAlive()).as(Files.readString(log())).isTrue();
    assertThat(System.nanoTime()).as(Files.readString(log())).isLessThan(limitNanos);
    LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
  }

  private JavaProcess process() throws IOException {
    return JavaProcess.started(JoinerMain.class, log(), model);
  }

  private Path log() {
    return folder.resolve("joiner.log");
  }
}
