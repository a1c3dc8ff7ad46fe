package io.millrace.predictor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.checkpoints.CheckpointSettings;
import io.millrace.checkpoints.CheckpointWriter;
import io.millrace.checkpoints.Snapshot;
import io.millrace.checkpoints.manifest.Champion;
import io.millrace.checkpoints.manifest.StoredCounts;
import io.millrace.checkpoints.manifest.StoredRejection;
import io.millrace.checkpoints.manifest.Summary;
import io.millrace.page.json.JsonText;
import io.millrace.predictor.answering.AnsweringSettings;
import io.millrace.predictor.answering.Requests;
import io.millrace.predictor.following.ServedRivals;
import io.millrace.predictor.following.StalenessLimit;
import io.millrace.predictor.following.TestModels;
import io.millrace.proto.inference.GRPCInferenceServiceGrpcClient;
import io.millrace.proto.inference.ModelInferResponse;
import io.millrace.quickstart.EmbeddedBroker;
import io.millrace.runtime.kafka.ClientProperties;
import io.millrace.runtime.kafka.KafkaSettings;
import io.millrace.runtime.lifecycle.Health;
import io.millrace.runtime.management.Metrics;
import io.millrace.settings.Section;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.InvalidStatusException;
import io.vertx.grpc.common.GrpcStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The predictor on a real broker, called by a real client. */
class PredictorServiceTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final EmbeddedBroker broker = EmbeddedBroker.started();
  private final KafkaSettings kafka = new KafkaSettings(broker.bootstrapServers(), Map.of());
  private final CheckpointSettings checkpoints =
      new CheckpointSettings("echo.checkpoints", Duration.ofSeconds(1), 2);
  private final Health health = new Health();
  private final Metrics metrics = new Metrics();
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();
  private final Vertx vertx = Vertx.vertx();
  private final PredictorService predictor = predictor(kafka);

  @BeforeEach
  void start() throws InterruptedException {
    predictor.start();
  }

  @AfterEach
  void stop() throws InterruptedException {
    await(vertx.close());
    assertThat(predictor.stop(PATIENCE)).isTrue();
    metrics.close();
    broker.close();
    assertThat(failures).isEmpty();
  }

  @Test
  void modelInfer_beforeTheFirstCheckpoint_isUnavailable() {
    await(() -> health.reasonsAgainstReadiness().containsKey("model echo")); // once brokers answer
    assertThat(health.reasonsAgainstReadiness())
        .containsEntry("model echo", "it has no version yet: no checkpoint was published");
    assertThatThrownBy(this::infer)
        .isInstanceOfSatisfying(
            InvalidStatusException.class,
            e -> assertThat(e.actualStatus()).isEqualTo(GrpcStatus.UNAVAILABLE));
  }

  @Test
  void modelInfer_checkpointsWithoutAChampion_isUnavailableAndSaysWhy() {
    try (CheckpointWriter writer = writer()) {
      writer.write(rejectedOnly(), List.of(), new Champion(0, 0));

      String reason =
          "learned from 0 of 300 records, nothing is served yet: 300 rejected, mostly"
              + " \"a number is needed in field 'label'\"";
      await(() -> ("it has " + reason).equals(health.reasonsAgainstReadiness().get("model echo")));
      assertThatThrownBy(this::infer)
          .isInstanceOfSatisfying(
              InvalidStatusException.class,
              e -> assertThat(e.actualStatus()).isEqualTo(GrpcStatus.UNAVAILABLE));

      writer.write(snapshot(0), List.of());
      await(() -> health.reasonsAgainstReadiness().isEmpty());
      assertThat(infer().getModelVersion()).isEqualTo("2");
    }
  }

  @Test
  void modelInfer_asCheckpointsCome_isAnsweredByTheNewest() {
    try (CheckpointWriter writer = writer()) {
      writer.write(snapshot(0), List.of());
      await(() -> health.reasonsAgainstReadiness().isEmpty());
      assertThat(sumOf(infer())).isEqualTo(6);

      writer.write(snapshot(100), List.of());
      await(() -> infer().getModelVersion().equals("2"));
      assertThat(sumOf(infer())).isEqualTo(106);
      assertThat(infer().getParametersOrThrow("position").getStringParam())
          .isEqualTo("echoes-0:12,echoes-1:7");

      writer.promote(1);
      await(() -> infer().getModelVersion().equals("1"));
    }
  }

  @Test
  void section_beforeAndAfterAnAnswer_hasVersionsRequestsAndTimes() {
    JsonObject before = section();
    assertThat(before.getJsonArray("models").getJsonObject(0).getBoolean("ready")).isFalse();
    try (CheckpointWriter writer = writer()) {
      writer.write(snapshot(0), List.of());
      await(() -> health.reasonsAgainstReadiness().isEmpty());
      infer();

      await(() -> section().getJsonObject("requests").getLong("OK", 0L) == 1);
      JsonObject after = section();
      JsonObject model = after.getJsonArray("models").getJsonObject(0);
      assertThat(model.getString("model")).isEqualTo("echo");
      assertThat(model.getLong("version")).isEqualTo(1);
      assertThat(model.getBoolean("ready")).isTrue();
      assertThat(model.getDouble("staleness_seconds")).isNotNegative();
      assertThat(after.getJsonObject("queue_seconds").getDouble("mean")).isPositive();
      assertThat(after.getJsonObject("compute_seconds").getDouble("max")).isPositive();
      assertThat(after.getInteger("queue_length")).isZero();
    }
  }

  private JsonObject section() {
    return new JsonObject(JsonText.object(predictor.section()::write));
  }

  @Test
  void modelInfer_checkpointThatDoesNotFit_keepsTheOldOneInService() {
    try (CheckpointWriter writer = writer()) {
      writer.write(snapshot(0), List.of());
      writer.write(snapshot(Float.NaN), List.of());

      await(() -> metrics.registry().get("millrace.serving.refusals").counter().count() == 1);
      await(() -> health.reasonsAgainstReadiness().isEmpty());
      assertThat(infer().getModelVersion()).isEqualTo("1");
    }
  }

  @Test
  void modelInfer_brokerAway_isAnsweredAndGoesOnWithTheNextCheckpoint() {
    try (CheckpointWriter writer = writer()) {
      writer.write(snapshot(0), List.of());
      await(() -> health.reasonsAgainstReadiness().isEmpty());
      broker.stop();
      assertThat(infer().getModelVersion()).isEqualTo("1");
      broker.start();
      writer.write(snapshot(1), List.of());

      await(() -> infer().getModelVersion().equals("2"));
    }
  }

  @Test
  void start_noBroker_waitsAndAnswersThatThereIsNoModelYet() throws Exception {
    PredictorService lost = predictor(new KafkaSettings("127.0.0.1:1", Map.of()));

    lost.start();
    await(() -> health.reasonsAgainstReadiness().getOrDefault("topics", "").startsWith("waits"));

    assertThat(lost.port()).isPositive();
    assertThat(lost.stop(PATIENCE)).isTrue();
  }

  private PredictorService predictor(KafkaSettings kafkaSettings) {
    AnsweringSettings answering =
        AnsweringSettings.read(Section.root(Map.of("port", 0, "max_batch", TestModels.MAX_ROWS)));
    return new PredictorService(
        new PredictorSettings(
            List.of("echo"),
            kafkaSettings,
            checkpoints,
            answering,
            StalenessLimit.NONE,
            ServedRivals.COMBINED,
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()),
        health,
        metrics,
        (name, failure) -> failures.add(failure));
  }

  private CheckpointWriter writer() {
    ClientProperties properties = new ClientProperties(kafka);
    return CheckpointWriter.open(
        properties.producer("test"), properties.consumer("test"), checkpoints, "echo");
  }

  /** Returns what a trainer writes that could use no record. */
  private static Snapshot rejectedOnly() {
    Snapshot snapshot = snapshot(0);
    Summary known = snapshot.summary();
    Summary summary =
        new Summary(
            known.createdAt(),
            known.position(),
            new StoredCounts(0, 0, 300, 0, 0, 0),
            "WARMING",
            known.learningRate(),
            Map.of(),
            known.provenance(),
            known.parametersSha256(),
            Optional.of(
                new StoredRejection(
                    "NOT_A_NUMBER", "label", "a number is needed in field 'label'", 300)),
            List.of());
    return new Snapshot(snapshot.definition(), snapshot.weights(), snapshot.state(), summary);
  }

  private static Snapshot snapshot(float bias) {
    return TestModels.snapshot(bias);
  }

  private ModelInferResponse infer() {
    SocketAddress address = SocketAddress.inetSocketAddress(predictor.port(), "127.0.0.1");
    return await(
        GRPCInferenceServiceGrpcClient.create(GrpcClient.client(vertx), address)
            .modelInfer(Requests.typed(1, 2, 3).build()));
  }

  private static float sumOf(ModelInferResponse response) {
    return response.getOutputs(2).getContents().getFp32Contents(0);
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(end);
      LockSupport.parkNanos(5_000_000);
    }
  }
}
