package io.millrace.tracing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.millrace.cli.Main;
import io.millrace.crash.JavaProcess;
import io.millrace.quickstart.EmbeddedBroker;
import io.millrace.quickstart.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Traces of a whole process, as a collector receives them. */
class TracesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final int RECORDS = 400;
  private static final String OF_RECORDS = "0af7651916cd43dd8448eb211c80319c";
  private static final String OF_REQUEST = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String PARENT = "00f067aa0ba902b7";
  private static final String INFER = "POST /v2/models/{model}/infer";

  @TempDir private Path folder;
  private final EmbeddedBroker broker = EmbeddedBroker.started();
  private final List<ReceivedSpan> spans = new CopyOnWriteArrayList<>();
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private HttpServer collector;

  @BeforeEach
  void begin() throws IOException {
    collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext("/v1/traces", this::receive);
    collector.start();
  }

  @AfterEach
  void end() {
    collector.stop(0);
    broker.close();
  }

  @Test
  void run_recordsAndRequestsWithTraces_areFollowedFromTheTopicToTheAnswer() throws Exception {
    // Given
    produce();
    int port = FreePort.find();
    String endpoint = "http://127.0.0.1:" + collector.getAddress().getPort();

    // When
    JavaProcess process =
        JavaProcess.started(
            Main.class,
            folder.resolve("output"),
            Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint, "OTEL_BSP_SCHEDULE_DELAY", "100"),
            "run",
            "--config",
            model(port));
    try {
      // Then
      ReceivedSpan checkpoint = checkpoint();
      requireLoadOf(checkpoint);

      requireAnswers(port);
      assertThat(process.terminate()).isEqualTo(128 + 15);
    } finally {
      process.kill();
    }
  }

  private ReceivedSpan checkpoint() throws IOException {
    ReceivedSpan checkpoint =
        await(span -> span.name().equals("checkpoint traced") && !span.links().isEmpty());
    assertThat(checkpoint.links()).hasSizeLessThanOrEqualTo(32).containsOnly(OF_RECORDS);
    assertThat(checkpoint.parent()).isEmpty();
    assertThat(checkpoint.attributes())
        .containsEntry("millrace.model", "traced")
        .containsKeys("millrace.version", "messaging.batch.message_count");
    return checkpoint;
  }

  private void requireLoadOf(ReceivedSpan checkpoint) throws IOException {
    ReceivedSpan load =
        await(span -> span.name().equals("load traced") && span.trace().equals(checkpoint.trace()));
    assertThat(load.parent()).isEqualTo(checkpoint.id());
    assertThat(load.attributes())
        .containsEntry("millrace.version", checkpoint.attributes().get("millrace.version"));
  }

  private void requireAnswers(int port) throws Exception {
    assertThat(infer(port, "{\"inputs\":[]}")).isEqualTo(400);
    assertThat(infer(port, "{\"inputs\":" + "[" + input() + "]}")).isEqualTo(200);
    ReceivedSpan answered = await(span -> isRequest(span, "200"));
    assertThat(answered.trace()).isEqualTo(OF_REQUEST);
    assertThat(answered.parent()).isEqualTo(PARENT);
    assertThat(answered.attributes())
        .containsEntry("millrace.model", "traced")
        .containsKey("millrace.version");
    assertThat(await(span -> isRequest(span, "400")).trace()).isEqualTo(OF_REQUEST);
  }

  @Test
  void run_variablesThatCannotBeUsed_areRefusedWithASentence() throws Exception {
    Path output = folder.resolve("output");
    JavaProcess process =
        JavaProcess.started(
            Main.class,
            output,
            Map.of("OTEL_TRACES_EXPORTER", "zipkin"),
            "run",
            "--config",
            model(FreePort.find()));

    assertThat(process.awaitEnd()).isEqualTo(2);
    assertThat(output).content().contains("OTEL_*", "zipkin").doesNotContain("\tat ");
  }

  private static boolean isRequest(ReceivedSpan span, String status) {
    return span.name().equals(INFER)
        && status.equals(span.attributes().get("http.response.status_code"));
  }

  private void receive(HttpExchange exchange) throws IOException {
    spans.addAll(ReceivedSpan.of(exchange.getRequestBody().readAllBytes()));
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
  }

  private ReceivedSpan await(Predicate<ReceivedSpan> wanted) throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (spans.stream().noneMatch(wanted)) {
      assertThat(System.nanoTime())
          .as("received: %s; printed: %s", spans, Files.readString(folder.resolve("output")))
          .isLessThan(end);
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
    return spans.stream().filter(wanted).findFirst().orElseThrow();
  }

  private int infer(int port, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v2/models/traced/infer"))
            .timeout(PATIENCE)
            .header("traceparent", "00-" + OF_REQUEST + "-" + PARENT + "-01")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  private static String input() {
    return "{\"name\":\"x\",\"shape\":[1,1],\"datatype\":\"FP32\",\"data\":[1]}";
  }

  private void produce() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      admin.createTopics(List.of(new NewTopic("traced", 1, (short) 1))).all().get();
    }
    Map<String, Object> properties = Map.of("bootstrap.servers", broker.bootstrapServers());
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      for (int i = 0; i < RECORDS; i++) {
        byte[] value = "{\"a\":%d,\"label\":%d}".formatted(i % 10, i % 10).getBytes(UTF_8);
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>("traced", value);
        String trace = "00-%s-%016x-01".formatted(OF_RECORDS, i + 1);
        record.headers().add("traceparent", trace.getBytes(UTF_8));
        sent.add(producer.send(record));
      }
      for (Future<RecordMetadata> each : sent) {
        each.get();
      }
    }
  }

  private Path model(int port) throws IOException {
    String yaml =
        """
        model: traced
        kafka: {bootstrap_servers: "%s"}
        records: {topic: traced}
        inputs: {x: {fields: [a]}}
        outputs: {label: {}}
        network: {layers: [{type: dense, units: 1}]}
        training: {max_batch_age: 200ms}
        serving: {port: %d}
        management: {port: 0}
        """
            .formatted(broker.bootstrapServers(), port);
    return Files.writeString(folder.resolve("model.yaml"), yaml);
  }
}
