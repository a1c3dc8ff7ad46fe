package io.millrace.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.quickstart.FreePort;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The development broker as a process of its own, as a user starts and ends it. */
@Timeout(120)
class BrokerCommandTest {
  private static final int TERMINATED = 128 + 15;

  @TempDir private Path folder;

  @Test
  void broker_terminatedAndStartedAgain_keepsItsTopics() throws Exception {
    // Given
    int port = FreePort.find();
    Process first = started(port);
    assertThat(ready(first, port)).isTrue();
    try (Admin admin = admin(port)) {
      admin.createTopics(Set.of(new NewTopic("letters", 1, (short) 1))).all().get();
    }

    // When
    String second = refusedOn(FreePort.find());
    terminate(first);

    // Then
    assertThat(second)
        .isEqualTo(
            "millrace: %s is in use by another broker; end that one, or name another folder%n"
                .formatted(data()));
    Process again = started(port);
    try (Admin admin = admin(port)) {
      assertThat(ready(again, port)).isTrue();
      assertThat(admin.listTopics().names().get()).contains("letters");
    } finally {
      terminate(again);
    }
  }

  /** Starts a second broker on the same folder, which has to fail. Returns what it says. */
  private String refusedOn(int port) throws IOException, InterruptedException {
    Process process = process(port).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).isOne();
    return output;
  }

  private boolean ready(Process process, int port) throws IOException {
    BufferedReader output = process.inputReader(UTF_8);
    return String.valueOf(output.readLine())
        .equals(
            "broker ready on 127.0.0.1:%d, its data in %s; Ctrl-C ends it".formatted(port, data()));
  }

  private static void terminate(Process process) throws InterruptedException {
    assertThat(process.toHandle().destroy()).isTrue();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(TERMINATED);
  }

  private Process started(int port) throws IOException {
    return process(port).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private ProcessBuilder process(int port) {
    return new ProcessBuilder(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx512m",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "broker",
            "--data",
            data().toString(),
            "--port",
            String.valueOf(port)));
  }

  private Path data() {
    return folder.resolve("broker-data");
  }

  private static Admin admin(int port) {
    return Admin.create(Map.of("bootstrap.servers", "127.0.0.1:" + port));
  }
}
