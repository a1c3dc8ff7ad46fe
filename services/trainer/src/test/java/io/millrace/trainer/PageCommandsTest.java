package io.millrace.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.quickstart.EmbeddedBroker;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that the page sends, by those who may and by those who may not. */
class PageCommandsTest {
  private static final String PAUSE = "{\"command\":\"pause\"}";

  @TempDir private Path folder;
  @AutoClose private final EmbeddedBroker broker = EmbeddedBroker.started();
  @AutoClose private final LoggedLines log = new LoggedLines("io.millrace");

  @Test
  void command_onLoopback_isCarriedOutOnceAnsweredAndLogged() throws Exception {
    TestStream stream = TestStream.written(broker, "commanded", 300);
    try (PagePort port = port(stream, Map.of("port", 0))) {
      port.await(() -> port.trainer().progress().version() > 0);

      HttpResponse<String> done = port.command("{\"command\":\"pause\",\"id\":\"one\"}");
      HttpResponse<String> again = port.command("{\"command\":\"pause\",\"id\":\"one\"}");
      HttpResponse<String> refused = port.command(PAUSE);
      HttpResponse<String> promoted = port.command("{\"command\":\"promote\",\"version\":999}");
      port.await(() -> port.trainer().progress().control().paused());

      assertThat(done.statusCode()).isEqualTo(200);
      assertThat(new JsonObject(done.body())).isEqualTo(new JsonObject().put("accepted", true));
      assertThat(again.statusCode()).isEqualTo(200);
      assertThat(refused.statusCode()).isEqualTo(409);
      assertThat(new JsonObject(refused.body()).getString("reason"))
          .isEqualTo("training is paused already");
      assertThat(promoted.statusCode()).isEqualTo(409);
      assertThat(audited())
          .anyMatch(
              line ->
                  line.startsWith("INFO Command accepted [caller=\"anyone\", address=")
                      && line.contains("command=\"pause\", id=\"one\""))
          .anyMatch(line -> line.startsWith("INFO Command refused [caller="));
    }
  }

  @Test
  void command_thatIsNone_isRefusedWithAReason() throws Exception {
    TestStream stream = TestStream.written(broker, "malformed", 10);
    try (PagePort port = port(stream, Map.of("port", 0))) {
      assertProblem(port.command("{\"command\":\"stop\"}"), 400, "command is not one of");
      assertProblem(port.command("[1]"), 400, "the body is no JSON object");
      assertProblem(port.command(""), 400, "the body is no JSON object");
      assertProblem(port.command("{\"command\":\"pause\",\"x\":1}"), 400, "not known");
      assertProblem(
          port.command("{\"command\":\"pause\",\"version\":1}"), 400, "only with promote");
      assertProblem(port.command("{\"command\":\"promote\",\"version\":-1}"), 400, "1 or more");
      assertProblem(port.command("{\"command\":\"promote\",\"version\":1.5}"), 400, "1 or more");
      assertProblem(port.command("{\"command\":\"pause\",\"id\":\"\"}"), 400, "id is no text");
      assertProblem(port.post("text/plain", PAUSE), 415, "application/json");
      assertProblem(port.command("{" + " ".repeat(5000) + "}"), 413, "larger than 4096 bytes");
      assertThat(port.get("/api/v1/commands").statusCode()).isEqualTo(405);
      assertThat(port.get("/api/v1/history?points=many").statusCode()).isEqualTo(400);
      assertThat(port.trainer().progress().control().paused()).isFalse();
    }
  }

  @Test
  void command_pageOfAnotherSite_isDeniedAndCounted() throws Exception {
    TestStream stream = TestStream.written(broker, "foreign", 10);
    try (PagePort port = port(stream, Map.of("port", 0))) {
      HttpResponse<String> foreign = port.command(PAUSE, "Origin", "https://stranger.example");
      HttpResponse<String> own =
          port.command("{\"command\":\"x\"}", "Origin", "http://127.0.0.1:" + port.port());

      assertProblem(foreign, 403, "the page of another site");
      assertThat(own.statusCode()).isEqualTo(400);
      assertThat(port.denied("forbidden")).isEqualTo(1);
    }
  }

  @Test
  void page_withTokens_showsFilesToAllStateToReadersAndTakesCommandsOfOperators() throws Exception {
    TestStream stream = TestStream.written(broker, "guarded", 10);
    Path tokens = folder.resolve("tokens");
    Files.writeString(tokens, "infer looks\nadmin commands\n");
    Map<String, Object> management =
        Map.of("host", "0.0.0.0", "port", 0, "authentication", Map.of("tokens", tokens.toString()));
    String[] nobody = {};
    String[] reader = {"Authorization", "Bearer looks"};
    String[] operator = {"Authorization", "Bearer commands"};
    try (PagePort port = port(stream, management)) {
      assertThat(port.get("/", nobody).statusCode()).isEqualTo(200);
      assertThat(port.get("/page/main.js", nobody).statusCode()).isEqualTo(200);
      for (String path : List.of("state", "history", "inspection", "versions", "stream")) {
        assertThat(port.get("/api/v1/" + path, nobody).statusCode()).as(path).isEqualTo(401);
      }
      assertThat(port.get("/page/..%2fapi/v1/state", nobody).statusCode()).isEqualTo(401);
      assertThat(port.get("//api/v1/state", nobody).statusCode()).isEqualTo(401);
      assertThat(new JsonObject(port.get("/api/v1/state", reader).body()).getString("commands"))
          .isEqualTo("token");
      double before = port.denied("forbidden");
      assertThat(port.command(PAUSE, nobody).statusCode()).isEqualTo(401);
      assertThat(port.command(PAUSE, reader).statusCode()).isEqualTo(403);
      assertThat(port.denied("forbidden")).isEqualTo(before + 1);
      assertThat(port.denied("unauthenticated")).isEqualTo(8);

      port.await(() -> port.command(PAUSE, operator).statusCode() != 503);
      port.await(() -> port.trainer().progress().control().paused());
      assertThat(audited())
          .anyMatch(
              line ->
                  line.startsWith("WARN Command denied")
                      && line.contains("path=\"/api/v1/commands\""))
          .anyMatch(line -> line.startsWith("INFO Command accepted [caller=\"token of line 2\""));
    }
  }

  @Test
  void command_whereOthersReachThePortAndNobodyIsAsked_isOff() throws Exception {
    TestStream stream = TestStream.written(broker, "open", 10);
    try (PagePort port = port(stream, Map.of("host", "0.0.0.0", "port", 0))) {
      assertProblem(port.command(PAUSE), 403, "asks nobody who he is");
      assertThat(port.object("/api/v1/state").getString("commands")).isEqualTo("off");
      assertThat(port.denied("forbidden")).isEqualTo(1);
    }
  }

  private static PagePort port(TestStream stream, Map<String, Object> management)
      throws InterruptedException {
    return new PagePort(stream.settingsWith("management", management));
  }

  private static void assertProblem(HttpResponse<String> answer, int status, String words) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(new JsonObject(answer.body()).getString("error")).contains(words);
  }

  private List<String> audited() {
    return log.lines().stream().filter(line -> line.contains(" Command ")).toList();
  }
}
