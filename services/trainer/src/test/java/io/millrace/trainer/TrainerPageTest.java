package io.millrace.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.quickstart.EmbeddedBroker;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What the page is told of a trainer on a real broker. */
class TrainerPageTest {
  private static final Map<String, Object> ANY_PORT = Map.of("port", 0);

  @AutoClose private final EmbeddedBroker broker = EmbeddedBroker.started();

  @Test
  void page_whileTraining_isToldStateHistoryVersionsAndAnInspection() throws Exception {
    TestStream stream = TestStream.written(broker, "seen", 2000);
    try (PagePort port = new PagePort(stream.settingsWithoutWaiting("management", ANY_PORT))) {
      port.await(() -> port.records() == stream.size());
      JsonObject state = port.object("/api/v1/state");
      JsonObject trainer = state.getJsonObject("trainer");
      port.await(() -> !marks(port).isEmpty() && port.array("/api/v1/versions").size() > 1);
      JsonObject history = port.object("/api/v1/history");
      JsonObject version = port.array("/api/v1/versions").getJsonObject(0);

      assertThat(state.getString("model")).isEqualTo("seen");
      assertThat(state.getString("commands")).isEqualTo("open");
      assertThat(state.containsKey("serving")).isFalse();
      assertThat(trainer.getLong("records")).isEqualTo(stream.size());
      assertThat(trainer.getLong("rejected")).isEqualTo(stream.badRecords());
      assertThat(trainer.getJsonObject("rejections").getLong("UNDECODABLE"))
          .isEqualTo(stream.badRecords());
      assertThat(trainer.getJsonArray("problems").getJsonObject(0).getString("reason"))
          .isEqualTo("UNDECODABLE");
      assertThat(trainer.getJsonObject("validation").fieldNames()).contains("val_loss");
      assertThat(history.getJsonObject("series").fieldNames())
          .contains("loss", "val_loss", "val_majority_accuracy", "learning_rate");
      assertThat(version.getBoolean("newest")).isTrue();
      assertThat(version.getJsonObject("scores").fieldNames()).contains("val_loss");
      assertThat(port.get("/").body()).contains("<html");
    }
  }

  @Test
  void history_afterARestart_isWhatItWasAndGoesOn() throws Exception {
    TestStream stream = new TestStream(broker.bootstrapServers(), "again", 2000);
    stream.createTopic();
    stream.produce(0, 1000);
    TrainerSettings settings = stream.settingsWithoutWaiting("management", ANY_PORT);
    JsonObject before;
    try (PagePort port = new PagePort(settings)) {
      port.await(() -> port.records() == 1000);
      port.await(() -> evaluations(port).size() >= 10);
      before = port.object("/api/v1/history");
    }

    try (PagePort port = new PagePort(settings)) {
      port.await(() -> evaluations(port).size() >= before.getJsonArray("records").size());
      JsonObject after = port.object("/api/v1/history");
      int known = before.getJsonArray("records").size();
      stream.produce(1000, stream.size());
      port.await(() -> evaluations(port).size() > known + 5);

      assertThat(after.getJsonArray("records").getList().subList(0, known))
          .isEqualTo(before.getJsonArray("records").getList());
      assertThat(after.getJsonObject("series").getJsonArray("val_loss").getList().subList(0, known))
          .isEqualTo(before.getJsonObject("series").getJsonArray("val_loss").getList());
      assertThat(numbers(after)).containsAll(numbers(before));
      assertThat(after.getJsonObject("rates").getJsonArray("time").size())
          .isLessThan(before.getJsonObject("rates").getJsonArray("time").size() + 60);
    }
  }

  @Test
  void history_brokerAwayAndBack_keepsItAndGoesOn() throws Exception {
    TestStream stream = new TestStream(broker.bootstrapServers(), "away", 3000);
    stream.createTopic();
    stream.produce(0, 1000);
    TrainerSettings settings = stream.settingsWithoutWaiting("management", ANY_PORT);
    try (PagePort port = new PagePort(settings)) {
      port.await(() -> port.records() == 1000 && evaluations(port).size() >= 10);
      int known = evaluations(port).size();

      broker.stop();
      broker.start();
      assertThat(evaluations(port)).hasSizeGreaterThanOrEqualTo(known);
      stream.produce(1000, stream.size());

      port.await(() -> port.records() == stream.size());
      port.await(() -> evaluations(port).size() > known + 5);
      assertThat(port.object("/api/v1/state").getJsonObject("trainer").getLong("records"))
          .isEqualTo(stream.size());
    }
  }

  @Test
  void stream_whileTraining_tellsStateEvaluationsMarksAndInspections() throws Exception {
    TestStream stream = new TestStream(broker.bootstrapServers(), "streamed", 3000);
    stream.createTopic();
    try (PagePort port = new PagePort(stream.settingsWithoutWaiting("management", ANY_PORT));
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port.port())) {
      socket.setSoTimeout((int) PagePort.PATIENCE.toMillis());
      socket
          .getOutputStream()
          .write(
              "GET /api/v1/stream HTTP/1.1\r\nHost: localhost\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      stream.produce(0, stream.size());

      Set<String> seen = new HashSet<>();
      while (!seen.containsAll(
          Set.of("event: state", "event: evaluation", "event: mark", "event: inspection"))) {
        seen.add(String.valueOf(lines.readLine()));
        assertThat(seen).doesNotContain("null");
      }

      JsonObject look = port.object("/api/v1/inspection");
      JsonObject output = look.getJsonArray("outputs").getJsonObject(0);
      assertThat(output.getJsonArray("classes").getList()).containsExactly("left", "right", "on");
      assertThat(output.getJsonArray("confusion")).hasSize(3);
      assertThat(output.getJsonArray("calibration")).hasSize(10);
      assertThat(look.getJsonArray("layers").getJsonObject(0).getJsonArray("weights"))
          .anySatisfy(weight -> assertThat(((JsonObject) weight).getDouble("norm")).isPositive());
    }
  }

  private static JsonArray marks(PagePort port) throws Exception {
    return port.object("/api/v1/history").getJsonArray("marks");
  }

  private static JsonArray evaluations(PagePort port) throws Exception {
    return port.object("/api/v1/history?points=5000").getJsonArray("records");
  }

  private static Set<Integer> numbers(JsonObject history) {
    Set<Integer> numbers = new HashSet<>();
    history
        .getJsonArray("marks")
        .forEach(mark -> numbers.add(((JsonObject) mark).getInteger("number")));
    return numbers;
  }
}
