package io.millrace.predictor.predictionlog;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.proto.predictions.v1.Prediction;
import io.millrace.runtime.kafka.ClientProperties;
import io.millrace.runtime.kafka.KafkaSettings;
import io.millrace.runtime.lifecycle.OwnedThread;
import io.millrace.runtime.management.Metrics;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PredictionLogTest {
  private final Metrics metrics = new Metrics();

  @AfterEach
  void close() {
    metrics.close();
  }

  @Test
  void offer_queueFull_dropsAndCountsWithoutWaiting() {
    PredictionLog log = log(1, 10); // no thread writes

    for (int call = 0; call < 5; call++) {
      log.offer(new ThreeRows());
    }

    assertThat(dropped()).isEqualTo(6);
  }

  @Test
  void stop_kafkaAway_doesNotWaitForRoomForEachRow() throws Exception {
    // Given
    KafkaSettings nowhere = new KafkaSettings("127.0.0.1:1", Map.of());
    PredictionLog log =
        new PredictionLog(
            new PredictionLogSettings("log", 1, 300),
            new ClientProperties(nowhere).producer("test"),
            metrics);
    for (int call = 0; call < 100; call++) {
      log.offer(new ThreeRows());
    }
    OwnedThread thread = new OwnedThread("log", log, (name, failure) -> {});

    // When
    thread.start();
    boolean stopped = thread.stop(Duration.ofMinutes(1)); // at a second per row: five minutes

    // Then
    assertThat(stopped).isTrue();
    assertThat(dropped()).isEqualTo(300);
  }

  @Test
  void wants_ids_areTheSampleAlwaysTheSame() {
    PredictionLog log = log(0.25, 10);
    PredictionLog other = log(0.25, 10);

    long wanted = IntStream.range(0, 20_000).filter(i -> log.wants("id-" + i)).count();

    assertThat(wanted / 20_000.0).isCloseTo(0.25, Offset.offset(0.02));
    assertThat(IntStream.range(0, 1000))
        .allMatch(i -> log.wants("id-" + i) == other.wants("id-" + i));
  }

  @Test
  void wants_noIds_areTheSample() {
    PredictionLog log = log(0.25, 10);

    long wanted = IntStream.range(0, 20_000).filter(i -> log.wants("")).count();

    assertThat(wanted / 20_000.0).isCloseTo(0.25, Offset.offset(0.02));
  }

  private double dropped() {
    return metrics.registry().get("millrace.prediction.log.dropped").counter().count();
  }

  private PredictionLog log(double sample, int queueRows) {
    return new PredictionLog(
        new PredictionLogSettings("log", sample, queueRows), Map.of(), metrics);
  }

  private record ThreeRows() implements RecordedCall {
    @Override
    public String id() {
      return "id";
    }

    @Override
    public int rows() {
      return 3;
    }

    @Override
    public Prediction prediction(int row) {
      return Prediction.getDefaultInstance();
    }
  }
}
