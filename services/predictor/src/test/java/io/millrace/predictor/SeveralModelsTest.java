package io.millrace.predictor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.micrometer.core.instrument.Meter;
import io.millrace.checkpoints.CheckpointWriter;
import io.millrace.predictor.answering.Requests;
import io.millrace.predictor.following.TestModels;
import io.millrace.proto.inference.GRPCInferenceServiceGrpcClient;
import io.millrace.proto.inference.ModelInferResponse;
import io.millrace.proto.predictions.v1.Prediction;
import io.millrace.quickstart.EmbeddedBroker;
import io.millrace.runtime.kafka.ClientProperties;
import io.millrace.runtime.lifecycle.Health;
import io.millrace.runtime.management.Metrics;
import io.millrace.settings.Section;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.InvalidStatusException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Every model of a topic, an ensemble of two, a shadow and the prediction log, on a real broker.
 */
class SeveralModelsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Meters that do not move while everything works. */
  private static final Set<String> ONLY_IN_TROUBLE =
      Set.of(
          "millrace.inference.queue.refused",
          "millrace.inference.queue.rows",
          "millrace.prediction.log.dropped",
          "millrace.requests.failed");

  private final EmbeddedBroker broker = EmbeddedBroker.started();
  private final Health health = new Health();
  private final Metrics metrics = new Metrics();
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();
  private final Vertx vertx = Vertx.vertx();
  private final GrpcClient grpc = GrpcClient.client(vertx);
  private final PredictorSettings settings = settings();
  private final PredictorService predictor =
      new PredictorService(settings, health, metrics, (name, failure) -> failures.add(failure));

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
  void modelInfer_modelsThatAppearOnTheTopic_areServedAndAveraged() {
    publish("a", 0);
    publish("b", 8);

    await(() -> sumOf("mean") == 10); // 1 + 2 + 3, and the mean of 0 and 8
    assertThat(sumOf("a")).isEqualTo(6);
    assertThat(sumOf("b")).isEqualTo(14);
    assertThat(infer("mean", "").getModelVersion()).isEqualTo("1+1");
  }

  @Test
  void modelInfer_withAShadow_writesBothPredictionsDown() {
    try (CheckpointWriter writer = writer("a")) {
      writer.write(TestModels.snapshot(0), List.of());
      writer.write(TestModels.snapshot(8), List.of());
      writer.promote(1);
    }
    await(() -> version("a").equals("1") && version("a", "latest").equals("2"));

    infer("a", "request-7");

    List<ConsumerRecord<byte[], byte[]>> log = read(2);
    assertThat(log)
        .extracting(record -> new String(record.key(), StandardCharsets.UTF_8))
        .containsOnly("request-7");
    assertThat(log)
        .extracting(SeveralModelsTest::summary)
        .containsExactlyInAnyOrder(
            "a 1 ANSWER [1.0, 2.0] [3.0] yes 6.0", "a 2 SHADOW [1.0, 2.0] [3.0] yes 14.0");
  }

  /** A meter that nothing updates makes a server look idle. */
  @Test
  void metrics_ofARunInWhichEverythingHappens_allMove() {
    try (CheckpointWriter writer = writer("a")) {
      writer.write(TestModels.snapshot(0), List.of());
      writer.write(TestModels.snapshot(8), List.of());
      writer.write(TestModels.snapshot(Float.NaN), List.of());
      writer.promote(1);
    }
    await(() -> version("a").equals("1") && version("a", "latest").equals("2"));
    infer("a", "request-8");

    await(() -> unmoved().equals(ONLY_IN_TROUBLE));
  }

  private Set<String> unmoved() {
    Map<String, Boolean> moved = new TreeMap<>();
    for (Meter meter : metrics.registry().getMeters()) {
      String name = meter.getId().getName();
      if (name.startsWith("millrace.")) {
        moved.merge(name, hasMoved(meter), Boolean::logicalOr);
      }
    }
    moved.values().removeIf(Boolean::booleanValue);
    return moved.keySet();
  }

  private static boolean hasMoved(Meter meter) {
    return StreamSupport.stream(meter.measure().spliterator(), false)
        .anyMatch(value -> Double.isFinite(value.getValue()) && value.getValue() != 0);
  }

  private PredictorSettings settings() {
    return PredictorSettings.read(
        Section.root(
            Map.of(
                "model", "a",
                "kafka", Map.of("bootstrap_servers", broker.bootstrapServers()),
                "checkpoints", Map.of("topic", "shared"),
                "serving",
                    Map.of(
                        "port",
                        0,
                        "max_batch",
                        TestModels.MAX_ROWS,
                        "models",
                        List.of("*"),
                        "shadow",
                        "challenger",
                        "prediction_log",
                        Map.of("topic", "predictions"),
                        "ensembles",
                        Map.of("mean", Map.of("members", List.of("a", "b")))))));
  }

  private void publish(String model, float bias) {
    try (CheckpointWriter writer = writer(model)) {
      writer.write(TestModels.snapshot(bias), List.of());
    }
  }

  private CheckpointWriter writer(String model) {
    ClientProperties properties = new ClientProperties(settings.kafka());
    return CheckpointWriter.open(
        properties.producer("test"), properties.consumer("test"), settings.checkpoints(), model);
  }

  private ModelInferResponse infer(String model, String id) {
    return await(
        client().modelInfer(Requests.typed(1, 2, 3).setModelName(model).setId(id).build()));
  }

  private String version(String model) {
    return version(model, "");
  }

  /** Names a version in the request, so that no prediction is logged. */
  private String version(String model, String version) {
    try {
      return await(
              client()
                  .modelInfer(
                      Requests.typed(1, 2, 3)
                          .setModelName(model)
                          .setModelVersion(version.isEmpty() ? "champion" : version)
                          .setId("request-0")
                          .addOutputs(Requests.requested("sum"))
                          .build()))
          .getModelVersion();
    } catch (InvalidStatusException e) {
      return "";
    }
  }

  private float sumOf(String model) {
    try {
      return infer(model, "").getOutputs(2).getContents().getFp32Contents(0);
    } catch (InvalidStatusException e) {
      return Float.NaN;
    }
  }

  private GRPCInferenceServiceGrpcClient client() {
    return GRPCInferenceServiceGrpcClient.create(
        grpc, SocketAddress.inetSocketAddress(predictor.port(), "127.0.0.1"));
  }

  private List<ConsumerRecord<byte[], byte[]>> read(int count) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(new ClientProperties(settings.kafka()).consumer("reading"))) {
      List<TopicPartition> partitions =
          consumer.partitionsFor("predictions").stream()
              .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      await(
          () -> {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
              if (!new String(record.key(), StandardCharsets.UTF_8).equals("request-0")) {
                records.add(record);
              }
            }
            return records.size() >= count;
          });
    }
    return records;
  }

  private static String summary(ConsumerRecord<byte[], byte[]> record) {
    try {
      Prediction prediction = Prediction.parseFrom(record.value());
      return "%s %s %s %s %s %s %s"
          .formatted(
              prediction.getModel(),
              prediction.getVersion(),
              prediction.getRole(),
              prediction.getInputs(0).getValuesList(),
              prediction.getInputs(1).getValuesList(),
              prediction.getOutputs(1).getClassName(),
              prediction.getOutputs(2).getValues(0));
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
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
