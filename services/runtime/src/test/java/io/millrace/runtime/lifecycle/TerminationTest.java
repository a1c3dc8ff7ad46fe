package io.millrace.runtime.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Terminates a separate process, as an operator and Kubernetes do. */
@Timeout(60)
class TerminationTest {
  private static final int TERMINATED = 128 + 15;

  @Test
  void terminate_workUnderWay_waitsUntilItIsPublishedAndClosed() throws Exception {
    // Given
    Process process = started("working", "300", "30000");
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
    assertThat(output.readLine()).isEqualTo("working");

    // When
    terminate(process);

    // Then
    assertThat(output.lines()).containsExactly("published", "closed");
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(TERMINATED);
  }

  @Test
  void terminate_publishingHangs_leavesAfterTheDeadline() throws Exception {
    // Given
    Process process = started("working", "3600000", "500");
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
    assertThat(output.readLine()).isEqualTo("working");

    // When
    terminate(process);

    // Then
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(output.lines()).isEmpty();
  }

  @Test
  void failure_inAStep_closesWithoutPublishingAndExitsWithOne() throws Exception {
    Process process = started("failing", "0", "30000");

    assertThat(process.inputReader(StandardCharsets.UTF_8).lines()).containsExactly("closed");
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isOne();
  }

  /** {@link Process#destroy} would also close our end of the output. */
  private static void terminate(Process process) {
    assertThat(process.toHandle().destroy()).isTrue();
  }

  private static Process started(String... arguments) throws IOException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    List<String> command =
        new ArrayList<>(
            List.of(
                java.toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                TerminationProgram.class.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }
}
