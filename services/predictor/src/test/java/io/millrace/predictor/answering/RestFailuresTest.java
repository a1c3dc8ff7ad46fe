package io.millrace.predictor.answering;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.predictor.Logged;
import io.millrace.predictor.answering.RunningServer.HttpAnswer;
import io.millrace.predictor.following.TestModels;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.grpc.common.GrpcStatus;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every request and every failure gets a JSON answer, and callers' errors log no stack trace. */
class RestFailuresTest {
  private static final String INFER = "/v2/models/echo/infer";
  private static final String ROW =
      """
      {"inputs":[{"name":"pair","datatype":"FP32","shape":[1,2],"data":[1,2]},
       {"name":"c","datatype":"FP32","shape":[1,1],"data":[%s]}]}""";

  private RunningServer server;

  @BeforeEach
  void start() throws InterruptedException {
    server = new RunningServer(TestModels.serving(TestModels.failing(1)));
  }

  @AfterEach
  void stop() throws InterruptedException {
    server.close();
  }

  @Test
  void infer_beyondTheReadersLimits_is400() {
    try (Logged log = new Logged("io")) {
      for (String body :
          List.of(
              ROW.formatted("1".repeat(1001)),
              ROW.formatted("0." + "1".repeat(1001)),
              ROW.formatted("1e" + "9".repeat(1001)),
              ROW.formatted("[".repeat(1001) + "1" + "]".repeat(1001)),
              "{\"x\":" + "[".repeat(1001) + "]".repeat(1001) + "}",
              "{\"x\":" + "{\"y\":".repeat(1001) + "1" + "}".repeat(1001) + "}",
              "{\"" + "k".repeat(50_001) + "\":1}",
              "{\"x\":{\"" + "k".repeat(50_001) + "\":1}}",
              "[".repeat(100_000),
              "{\"id\":\"\\ud800\"",
              "")) {
        HttpAnswer answer = server.http(HttpMethod.POST, INFER, body);

        String start = body.substring(0, Math.min(40, body.length()));
        assertThat(answer.status()).as(start).isEqualTo(400);
        assertThat(answer.body().toJsonObject().getString("error"))
            .as(start)
            .startsWith("the body is no inference request: ")
            .doesNotContain("`", "Source", "java", "Stream", "token");
      }
      assertThat(log.lines()).isEmpty();
    }
  }

  @Test
  void infer_charactersThatCannotBeWritten_is400() {
    String half = "\\ud800";
    String right = ROW.formatted("3");
    for (String body :
        List.of(
            right.replace("{\"inputs", "{\"id\":\"" + half + "\",\"inputs"),
            right.replace("\"c\"", "\"" + half + "\""),
            right.replace("FP32", half),
            "{\"" + half + "\":1}",
            right.replace("{\"inputs", "{\"id\":\"\\udc00\\ud800\",\"inputs"))) {
      refuses(INFER, Buffer.buffer(body), "surrogate");
    }
    refuses(
        "/v1/models/echo:predict",
        Buffer.buffer("{\"instances\":[{\"%s\":1}]}".formatted(half)),
        "surrogate");
    for (String bytes : List.of("\u00c1\u00a1", "\u00ed\u00a0\u0080", "\u00e9", "\u00ff\u00fe")) {
      byte[] body = right.replace("pair", bytes).getBytes(StandardCharsets.ISO_8859_1);
      refuses(INFER, Buffer.buffer(body), "UTF-8");
    }
  }

  @Test
  void infer_characterOfTwoHalves_comesBackWhole() {
    String body = ROW.formatted("3").replace("{\"inputs", "{\"id\":\"\\ud83d\\ude00\",\"inputs");

    HttpAnswer answer = server.http(HttpMethod.POST, INFER, body);

    assertThat(answer.body().toJsonObject().getString("id")).isEqualTo("\ud83d\ude00");
  }

  private void refuses(String path, Buffer body, String why) {
    HttpAnswer answer = server.http(HttpMethod.POST, path, body, "");
    assertThat(answer.status()).as(why).isEqualTo(400);
    assertThat(answer.body().toJsonObject().getString("error")).contains(why);
  }

  @Test
  void call_mistaken_isToldSoInJson() {
    Map<HttpMethod, List<String>> mistakes =
        Map.of(
            HttpMethod.GET, List.of("/v2/foo", INFER, "/v2/%zz", "/v2/models/%zz/ready"),
            HttpMethod.POST, List.of("/v2/repository/models/echo/load", "/v2", "/metrics"),
            HttpMethod.DELETE, List.of("/v2/models/echo", "/livez"));
    try (Logged log = new Logged("io")) {
      mistakes.forEach(
          (method, paths) ->
              paths.forEach(
                  path -> {
                    HttpAnswer answer = server.http(method, path, "");
                    assertThat(answer.status()).as(path).isBetween(400, 499);
                    assertThat(answer.body().toJsonObject().getString("error")).isNotBlank();
                  }));
      assertThat(log.lines()).isEmpty();
    }
  }

  @Test
  void index_bodyThatIsNoObject_is400() {
    for (String body :
        List.of(
            "[]", "1", "\"x\"", "nothing", "[".repeat(1001), "{\"ready\": 1}", "{\"all\": true}")) {
      HttpAnswer answer = server.http(HttpMethod.POST, "/v2/repository/index", body);

      assertThat(answer.status()).as(body).isEqualTo(400);
      assertThat(answer.body().toJsonObject().getString("error")).isNotBlank();
    }
  }

  @Test
  void infer_failsUnforeseen_isInternalOnEitherTransportAndTheNextIsAnswered() {
    try (Logged log = new Logged("io.millrace")) {
      for (int i = 0; i < 2; i++) {
        HttpAnswer rest = server.http(HttpMethod.POST, INFER, ROW.formatted("13"));
        assertThat(rest.status()).isEqualTo(500);
        assertThat(rest.body().toJsonObject().getString("error")).contains("could not be handled");
        assertThat(server.infer(Requests.typed(1, 2, 13)).status()).isEqualTo(GrpcStatus.INTERNAL);
      }

      assertThat(server.http(HttpMethod.POST, INFER, ROW.formatted("5")).status()).isEqualTo(200);
      assertThat(server.infer(Requests.typed(1, 2, 5)).status()).isEqualTo(GrpcStatus.OK);
      assertThat(log.lines()).hasSize(1);
    }
    assertThat(server.metrics.registry().get("millrace.requests.failed").counter().count())
        .isEqualTo(4);
    assertThat(server.failures).isEmpty();
  }
}
