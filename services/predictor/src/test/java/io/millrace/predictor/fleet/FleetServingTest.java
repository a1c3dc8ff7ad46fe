package io.millrace.predictor.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.millrace.checkpoints.fleet.FleetCheckpoint;
import io.millrace.checkpoints.fleet.FleetCheckpointCodec;
import io.millrace.checkpoints.fleet.FleetTopic;
import io.millrace.checkpoints.manifest.StoredCounts;
import io.millrace.checkpoints.manifest.StreamPosition;
import io.millrace.learning.state.State;
import io.millrace.predictor.PredictorService;
import io.millrace.predictor.PredictorSettings;
import io.millrace.predictor.answering.Requests;
import io.millrace.predictor.following.TestModels;
import io.millrace.proto.inference.GRPCInferenceServiceGrpcClient;
import io.millrace.proto.inference.InferParameter;
import io.millrace.proto.inference.InferTensorContents;
import io.millrace.proto.inference.ModelInferRequest;
import io.millrace.proto.inference.ModelInferResponse;
import io.millrace.quickstart.EmbeddedBroker;
import io.millrace.runtime.kafka.ClientProperties;
import io.millrace.runtime.kafka.KafkaSettings;
import io.millrace.runtime.lifecycle.Health;
import io.millrace.runtime.management.Metrics;
import io.millrace.settings.Section;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.InvalidStatusException;
import io.vertx.grpc.common.GrpcStatus;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A predictor of a fleet on a real broker, called by a real client. */
class FleetServingTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String SHA256 = "0123456789abcdef".repeat(4);

  @TempDir private Path folder;
  private final EmbeddedBroker broker = EmbeddedBroker.started();
  private final ClientProperties clients =
      new ClientProperties(new KafkaSettings(broker.bootstrapServers(), Map.of()));
  private final Health health = new Health();
  private final Metrics metrics = new Metrics();
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();
  private final Vertx vertx = Vertx.vertx();
  private @Nullable PredictorService predictor;

  @BeforeEach
  void createTopic() throws Exception {
    try (Admin admin = Admin.create(clients.admin("test"))) {
      admin.createTopics(List.of(new NewTopic(FleetTopic.of("echo"), 2, (short) 1))).all().get();
    }
  }

  @AfterEach
  void stop() throws InterruptedException {
    await(vertx.close());
    assertThat(Objects.requireNonNull(predictor).stop(PATIENCE)).isTrue();
    metrics.close();
    broker.close();
    assertThat(failures).isEmpty();
  }

  @Test
  void infer_keysOfAFleet_eachIsAnsweredByItsModelAndOthersByTheTemplate() throws Exception {
    // Given: two models in memory at most, so that others are read from disk
    serve(Map.of("hot_models", 2, "folder", folder.toString()));
    write("", checkpoint(0, 0));
    for (int model = 1; model <= 5; model++) {
      write("shop-" + model, checkpoint(model, 100 * model));
    }
    awaitReady();
    await(() -> infer(keyed("shop-5")).getModelVersion().equals("5"));

    // Then
    for (int model = 5; model >= 1; model--) {
      ModelInferResponse answer = infer(keyed("shop-" + model));
      assertThat(sumOf(answer)).isEqualTo(6 + 100 * model);
      assertThat(answer.getModelVersion()).isEqualTo("" + model);
      assertThat(text(answer, "key")).isEqualTo("shop-" + model);
      assertThat(text(answer, "position")).isEqualTo("sales-1:" + model);
    }
    assertThat(overRest("shop-2")).contains("\"model_version\":\"2\"", "\"key\":\"shop-2\"");
    ModelInferResponse unknown = infer(keyed("nobody"));
    assertThat(sumOf(unknown)).isEqualTo(6);
    assertThat(unknown.getParametersOrThrow("template").getBoolParam()).isTrue();
    assertThat(gauge("millrace.serving.fleet.hot")).isEqualTo(2);
    assertThat(gauge("millrace.serving.fleet.models")).isEqualTo(5);

    // When
    write("shop-5", checkpoint(9, 900));
    write("shop-4", null);

    // Then
    await(() -> infer(keyed("shop-5")).getModelVersion().equals("9"));
    await(() -> infer(keyed("shop-4")).containsParameters("template"));
  }

  @Test
  void infer_keyAsInputOfTheField_isTheKeyAndNoInputOfTheModel() throws Exception {
    serve(Map.of("unknown_key", "not_found", "folder", folder.toString()));
    write("", checkpoint(0, 0));
    write("7", checkpoint(1, 100));
    awaitReady();

    await(() -> isAnswered(withField("7")));
    assertThat(sumOf(infer(withField("7")))).isEqualTo(106);
    assertThat(sumOf(infer(whole(7)))).isEqualTo(106);
    assertRefused(withField("8"), GrpcStatus.NOT_FOUND);
    assertRefused(Requests.typed(1, 2, 3).build(), GrpcStatus.INVALID_ARGUMENT);
  }

  private void serve(Map<String, Object> fleet) throws InterruptedException {
    Section root =
        Section.root(
            Map.of(
                "model",
                "echo",
                "kafka",
                Map.of("bootstrap_servers", broker.bootstrapServers()),
                "fleet",
                Map.of("key", "shop"),
                "serving",
                Map.of("port", 0, "max_batch", TestModels.MAX_ROWS, "fleet", fleet)));
    PredictorSettings settings = PredictorSettings.read(root);
    root.finish();
    predictor =
        new PredictorService(settings, health, metrics, (name, failure) -> failures.add(failure));
    predictor.start();
  }

  private void write(String key, @Nullable FleetCheckpoint checkpoint) throws Exception {
    byte[] value = checkpoint == null ? null : new FleetCheckpointCodec().encode(checkpoint);
    try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(clients.producer("test"))) {
      producer.send(new ProducerRecord<>(FleetTopic.of("echo"), key.getBytes(UTF_8), value)).get();
    }
  }

  private static FleetCheckpoint checkpoint(long version, float bias) {
    State weights = TestModels.snapshot(bias).weights();
    return new FleetCheckpoint(
        version == 0 ? TestModels.snapshot(0).definition() : "",
        SHA256,
        version,
        new StreamPosition("sales", version == 0 ? Map.of() : Map.of(1, version)),
        new StoredCounts(8 * version, 0, 0, 0, version, 0),
        Map.of(),
        weights);
  }

  private static ModelInferRequest keyed(String key) {
    return Requests.typed(1, 2, 3)
        .putParameters("key", InferParameter.newBuilder().setStringParam(key).build())
        .build();
  }

  private static ModelInferRequest withField(String key) {
    return Requests.typed(1, 2, 3)
        .addInputs(
            Requests.tensor("shop", "BYTES", List.of(1L, 1L))
                .setContents(
                    InferTensorContents.newBuilder()
                        .addBytesContents(ByteString.copyFromUtf8(key))))
        .build();
  }

  private static ModelInferRequest whole(long key) {
    return Requests.typed(1, 2, 3)
        .addInputs(
            Requests.tensor("shop", "INT64", List.of(1L, 1L))
                .setContents(InferTensorContents.newBuilder().addInt64Contents(key)))
        .build();
  }

  private ModelInferResponse infer(ModelInferRequest request) {
    int port = Objects.requireNonNull(predictor).port();
    SocketAddress address = SocketAddress.inetSocketAddress(port, "127.0.0.1");
    return await(
        GRPCInferenceServiceGrpcClient.create(GrpcClient.client(vertx), address)
            .modelInfer(request));
  }

  private String overRest(String key) throws IOException, InterruptedException {
    int port = Objects.requireNonNull(predictor).port();
    URI path = URI.create("http://127.0.0.1:%d/v2/models/echo/infer".formatted(port));
    HttpRequest request =
        HttpRequest.newBuilder(path)
            .POST(
                BodyPublishers.ofString(
                    """
                    {"parameters": {"key": "%s"},
                     "inputs": [{"name": "pair", "shape": [1, 2], "datatype": "FP32", "data": [1, 2]},
                                {"name": "c", "shape": [1, 1], "datatype": "FP32", "data": [3]}]}
                    """
                        .formatted(key)))
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
  }

  private boolean isAnswered(ModelInferRequest request) {
    try {
      infer(request);
      return true;
    } catch (RuntimeException e) {
      return false; // not read yet
    }
  }

  private void assertRefused(ModelInferRequest request, GrpcStatus status) {
    assertThatThrownBy(() -> infer(request))
        .isInstanceOfSatisfying(
            InvalidStatusException.class, e -> assertThat(e.actualStatus()).isEqualTo(status));
  }

  private void awaitReady() {
    await(() -> health.reasonsAgainstReadiness().isEmpty());
  }

  private double gauge(String name) {
    return metrics.registry().get(name).gauge().value();
  }

  private static String text(ModelInferResponse answer, String parameter) {
    return answer.getParametersOrThrow(parameter).getStringParam();
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
