package io.millrace.learning.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReproducibilityTest {

  @ParameterizedTest
  @ValueSource(strings = {"host", "host of two threads", "nd4j"})
  void train_twoProcessesWithOneSeed_giveTheSameWeights(String kernels) throws Exception {
    // When
    Process first = start(kernels);
    Process second = start(kernels);

    // Then
    assertThat(digest(first)).hasSize(64).isEqualTo(digest(second));
  }

  @ParameterizedTest
  @ValueSource(strings = {"host", "host of two threads", "nd4j"})
  void restore_inMidRun_goesOnBitByBit(String kernels) {
    // Given
    TrainingRun uninterrupted = new TrainingRun(TrainingRun.kernels(kernels));
    uninterrupted.train(0, 20);
    TrainingRun interrupted = new TrainingRun(TrainingRun.kernels(kernels));
    interrupted.train(0, 8);
    TrainingRun resumed = new TrainingRun(TrainingRun.kernels(kernels));

    // When
    resumed.restore(interrupted.save());
    resumed.train(8, 12);

    // Then
    assertThat(resumed.digest()).isEqualTo(uninterrupted.digest());
  }

  @Test
  void train_bothImplementations_drawTheSameAndAgree() {
    // Given
    TrainingRun host = new TrainingRun(TrainingRun.kernels("host"));
    TrainingRun nd4j = new TrainingRun(TrainingRun.kernels("nd4j"));

    // When
    host.train(0, 20);
    nd4j.train(0, 20);

    // Then
    assertThat(nd4j.parameters()).containsExactly(host.parameters(), Offset.offset(1e-3f));
  }

  private static Process start(String kernels) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                java,
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                TrainingRun.class.getName(),
                kernels));
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    return builder.start();
  }

  private static String digest(Process process) throws IOException, InterruptedException {
    String printed =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return printed.substring(printed.lastIndexOf('\n') + 1);
  }
}
