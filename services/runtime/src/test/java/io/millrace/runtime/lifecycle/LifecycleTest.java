package io.millrace.runtime.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.settings.InvalidSettingsException;
import io.millrace.settings.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LifecycleTest {
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final Health health = new Health();
  private final Lifecycle lifecycle =
      Lifecycle.begin(health, Duration.ZERO, Duration.ofSeconds(10));

  @AfterEach
  void close() {
    lifecycle.close();
  }

  @Test
  void stop_services_inTheOppositeOrder() throws Exception {
    // Given
    lifecycle.start(new RecordingService("first"));
    lifecycle.start(new RecordingService("second"));

    // When
    lifecycle.stop();

    // Then
    assertThat(calls).containsExactly("start first", "start second", "stop second", "stop first");
    assertThat(lifecycle.awaitEnd()).isZero();
  }

  @Test
  void stop_again_stopsNothingTwice() throws Exception {
    lifecycle.start(new RecordingService("only"));

    lifecycle.stop();
    lifecycle.stop();

    assertThat(calls).containsExactly("start only", "stop only");
  }

  @Test
  void start_afterTheEnd_startsNothing() throws Exception {
    lifecycle.stop();

    lifecycle.start(new RecordingService("late"));

    assertThat(calls).isEmpty();
  }

  @Test
  void awaitEnd_serviceFails_stopsAllAndIsNoLongerAlive() throws Exception {
    // Given
    lifecycle.start(new RecordingService("first"));
    lifecycle.start(new RecordingService("second"));

    // When
    lifecycle.failed("second", new IllegalStateException("broken"));
    int exitCode = lifecycle.awaitEnd();

    // Then
    assertThat(exitCode).isOne();
    assertThat(calls).endsWith("stop second", "stop first");
    assertThat(health.failure()).contains("second: failed with IllegalStateException");
  }

  @Test
  void awaitEnd_serviceFailsForItsSettings_throwsThem() throws Exception {
    // Given
    InvalidSettingsException invalid =
        new InvalidSettingsException(List.of(new Problem("kafka", "is away")));
    lifecycle.start(new RecordingService("first"));

    // When
    lifecycle.failed("first", invalid);

    // Then
    assertThatThrownBy(lifecycle::awaitEnd).isSameAs(invalid);
    assertThat(calls).endsWith("stop first");
  }

  @Test
  void stop_serviceThatFailsToStop_stopsTheOthersAndCountsAsAFailure() throws Exception {
    // Given
    lifecycle.start(new RecordingService("first"));
    lifecycle.start(new RecordingService("stuck", () -> false));
    lifecycle.start(
        new RecordingService(
            "broken",
            () -> {
              throw new IllegalStateException("broken");
            }));

    // When
    lifecycle.stop();

    // Then
    assertThat(calls).endsWith("stop broken", "stop stuck", "stop first");
    assertThat(lifecycle.awaitEnd()).isOne();
  }

  @Test
  void readiness_fromBeginToEnd_isWithdrawnBeforeAnyServiceStops() throws Exception {
    // Given
    assertThat(health.reasonsAgainstReadiness()).isEqualTo(Map.of("lifecycle", "starting"));
    lifecycle.start(
        new RecordingService(
            "only",
            () -> {
              calls.add(health.reasonsAgainstReadiness().toString());
              return true;
            }));
    Thread main = new Thread(this::awaitEnd);
    main.start();
    awaitReady();

    // When
    lifecycle.stop();
    main.join(Duration.ofSeconds(30).toMillis());

    // Then
    assertThat(calls)
        .containsExactly("start only", "stop only", "{lifecycle=stopping}", "exit code 0");
  }

  private void awaitEnd() {
    try {
      calls.add("exit code " + lifecycle.awaitEnd());
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void awaitReady() {
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!health.reasonsAgainstReadiness().isEmpty() && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertThat(health.reasonsAgainstReadiness()).isEmpty();
  }

  private final class RecordingService implements Service {
    private final String name;
    private final BooleanSupplier onStop;

    RecordingService(String name) {
      this(name, () -> true);
    }

    RecordingService(String name, BooleanSupplier onStop) {
      this.name = name;
      this.onStop = onStop;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public void start() {
      calls.add("start " + name);
    }

    @Override
    public boolean stop(Duration patience) {
      calls.add("stop " + name);
      return onStop.getAsBoolean();
    }
  }
}
