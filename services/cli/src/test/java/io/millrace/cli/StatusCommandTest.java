package io.millrace.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.millrace.quickstart.EmbeddedBroker;
import io.millrace.quickstart.FreePort;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code status} with sources that answer, refuse, stay silent or are not there. */
@Timeout(120)
class StatusCommandTest {
  private static final String STATE =
      """
      {"model":"m","ready":true,"reasons":[],"remarks":["the brokers were away"],
       "trainer":{"phase":"TRAINING","paused":false,"records":1200,"lag":7,
                  "records_per_second":55.4,"version":3,"champion":2}}
      """;

  private static EmbeddedBroker broker;
  @TempDir private Path folder;
  private HttpServer management;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = EmbeddedBroker.started();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      admin.createTopics(List.of(new NewTopic("rows", 1, (short) 1))).all().get();
    }
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void startPort() throws IOException {
    management = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    management.start();
  }

  @AfterEach
  void stopPort() {
    management.stop(0);
  }

  @Test
  void status_stateIsServed_showsTheTrainer() throws Exception {
    answer("/api/v1/state", 200, STATE);

    CommandRun status = status(broker.bootstrapServers(), port());

    assertThat(status.exitCode()).as(status.output()).isZero();
    assertThat(status.output())
        .contains("ready, training: 1,200 records, 55/s, lag 7")
        .contains("the brokers were away")
        .contains("none: no trainer has run yet, there is no topic m.checkpoints.manifest")
        .contains("none: there is no topic rows.dead-letters");
  }

  @Test
  void status_json_hasEachPartWithItsProblem() throws Exception {
    answer("/api/v1/state", 200, STATE);

    JsonObject status =
        new JsonObject(status(broker.bootstrapServers(), port(), "--json").output());

    assertThat(status.fieldNames())
        .containsExactly(
            "model",
            "time",
            "topic",
            "brokers",
            "trainer",
            "predictor",
            "checkpoints",
            "dead_letters",
            "events");
    assertThat(status.getJsonObject("brokers").getString("problem")).isNull();
    assertThat(status.getJsonObject("trainer").getJsonObject("state").getInteger("records"))
        .isEqualTo(1200);
    assertThat(status.getJsonObject("predictor").getString("problem")).contains("none listens on");
    assertThat(status.getJsonObject("events").getString("problem")).contains("m.events");
  }

  @Test
  void status_onlyReadinessIsOpen_saysThatATokenTellsMore() throws Exception {
    answer("/api/v1/state", 401, "");
    answer("/readyz", 503, "trainer: waits and tries again: fenced\n");

    CommandRun status = status(broker.bootstrapServers(), port());

    assertThat(status.exitCode()).isOne();
    assertThat(status.output())
        .contains("runs and is not ready")
        .contains("not ready: trainer: waits and tries again: fenced")
        .contains("more is told with a token: --token-file");
  }

  @Test
  void status_onlyAPredictorAnswers_saysThatNoneTrains() throws Exception {
    answer("/api/v1/state", 200, "{\"ready\":true,\"serving\":{\"models\":[]}}");

    assertThat(status(broker.bootstrapServers(), port()).output())
        .contains("none: what answers on 127.0.0.1:" + port() + " trains nothing");
  }

  @Test
  void status_withToken_sendsIt() throws Exception {
    String[] sent = {""};
    management.createContext(
        "/api/v1/state",
        call -> {
          sent[0] = call.getRequestHeaders().getFirst("Authorization");
          call.sendResponseHeaders(200, STATE.length());
          call.getResponseBody().write(STATE.getBytes(UTF_8));
          call.close();
        });
    Path token = Files.writeString(folder.resolve("token"), "secret\n");

    CommandRun status = status(broker.bootstrapServers(), port(), "--token-file", token.toString());

    assertThat(sent[0]).isEqualTo("Bearer secret");
    assertThat(status.output()).doesNotContain("secret");
  }

  @Test
  void status_noBrokerAndAForeignPort_saysBothAndEnds() throws Exception {
    answer("/api/v1/state", 200, "<html>");

    CommandRun status = status("127.0.0.1:" + FreePort.find(), port(), "--timeout", "8");

    assertThat(status.exitCode()).isOne();
    assertThat(status.output())
        .contains("no port of Millrace's", "not known without brokers")
        .doesNotContain("\tat ");
  }

  @Test
  void status_portThatNeverAnswers_isLeftAfterTheTimeout() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      CommandRun status =
          status(broker.bootstrapServers(), silent.getLocalPort(), "--timeout", "4");

      assertThat(status.output()).contains("has not answered on 127.0.0.1:");
    }
  }

  private int port() {
    return management.getAddress().getPort();
  }

  private void answer(String path, int code, String body) {
    management.createContext(
        path,
        call -> {
          byte[] bytes = body.getBytes(UTF_8);
          call.sendResponseHeaders(code, bytes.length == 0 ? -1 : bytes.length);
          call.getResponseBody().write(bytes);
          call.close();
        });
  }

  private CommandRun status(String brokers, int port, String... more) throws IOException {
    String yaml =
        """
        model: m
        kafka: {bootstrap_servers: "%s"}
        records: {topic: rows}
        inputs: {x: {fields: [a]}}
        outputs: {y: {}}
        network: {layers: [{type: dense, units: 1}]}
        serving: {port: %d}
        management: {port: %d}
        """
            .formatted(brokers, FreePort.find(), port);
    Path file = Files.writeString(folder.resolve("m.yaml"), yaml);
    List<String> words = new ArrayList<>(List.of("status", "--config", file.toString()));
    words.addAll(List.of(more));
    return CommandRun.of(words.toArray(String[]::new));
  }
}
