package io.millrace.predictor.answering;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.predictor.following.ServedModels;
import io.millrace.predictor.following.TestModels;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** KServe's V1 protocol, besides V2. */
class KserveTest {
  private static final String PREDICT = "/v1/models/echo:predict";

  @AutoClose private static RunningServer server;

  @BeforeAll
  static void start() throws InterruptedException {
    server = new RunningServer(TestModels.serving(TestModels.echo(7)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"a\": 1, \"b\": 2, \"c\": 3}, {\"c\": -1, \"b\": 0, \"a\": 0.5}",
        "{\"pair\": [1, 2], \"c\": 3}, {\"pair\": [0.5, 0], \"c\": -1}",
        "[[1, 2], 3], [[0.5, 0], -1]",
        "[[1, 2], [3]], [[0.5, 0], [-1]]",
      })
  void predict_rowsInAnyForm_answersOneByOne(String rows) {
    RunningServer.HttpAnswer answer =
        server.http(HttpMethod.POST, PREDICT, "{\"instances\": [" + rows + "]}");

    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
    assertThat(answer.body().toJsonObject())
        .isEqualTo(
            new JsonObject(
                """
                {"predictions": [
                  {"choice": [1.0, 2.0], "choice_class": "yes", "sum": [6.0]},
                  {"choice": [0.5, 0.0], "choice_class": "no", "sum": [-0.5]}],
                 "model_name": "echo", "model_version": "7"}
                """));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"instances\": []} | there are no instances; expected one or more",
        "{} | there are no instances; expected one or more",
        "{\"rows\": []} | a request has no member 'rows'",
        "{\"instances\": [], \"signature_name\": \"x\"} | a request has no member 'signature_name'",
        "{\"instances\": [1]} | instances[0] is a whole number; expected a list",
        "{\"instances\": [[[1, 2], 3, 4]]} | expected an item for each of 2 inputs",
        "{\"instances\": [{\"pair\": [1, 2], \"c\": 3}, {\"c\": 3}]} | instance 1 has no 'pair'",
        "{\"instances\": [{\"c\": 3}, {\"a\": 3, \"c\": 3}]} | instance 1 has 'a', which those",
        "{\"instances\": [{\"pair\": [1, 2], \"c\": 3}, {\"pair\": [1], \"c\": 3}]}"
            + "| instance 1 has 1 values there; expected 2",
        "{\"instances\": [{\"c\": 3, \"c\": 4}]} | the member 'c' comes twice",
      })
  void predict_badBody_isRefusedWithTheReason(String body, String reason) {
    RunningServer.HttpAnswer answer = server.http(HttpMethod.POST, PREDICT, body);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body().toJsonObject().getString("error"))
        .startsWith("the body is no V1 request: " + reason);
  }

  @Test
  void predict_whatTheModelCannotTake_isRefusedAsInTheSecondProtocol() {
    assertThat(error(PREDICT, "{\"instances\": [{\"z\": 1}]}"))
        .startsWith("400 input 'z' is unknown; model 'echo' expects 'pair'");
    assertThat(error(PREDICT, "{\"instances\": [{\"a\": 1}]}"))
        .startsWith("400 input 'b' is missing");
    assertThat(error(PREDICT, "{\"instances\": [[[3e38, 3e38], 3e38]]}"))
        .startsWith("400 output 'sum' is not finite");
    assertThat(error("/v1/models/other:predict", "{\"instances\": [[1]]}"))
        .startsWith("404 model 'other' is unknown");
  }

  @Test
  void models_listed_areReadyOrSayWhyNot() throws InterruptedException {
    assertThat(get(server, "/v1/models")).isEqualTo(new JsonObject("{\"models\": [\"echo\"]}"));
    assertThat(get(server, "/v1/models/echo"))
        .isEqualTo(new JsonObject("{\"name\": \"echo\", \"ready\": true}"));
    assertThat(server.http(HttpMethod.GET, "/v1/models/other", "").status()).isEqualTo(404);
    try (RunningServer empty = new RunningServer(new ServedModels(Set.of("echo")))) {
      assertThat(get(empty, "/v1/models/echo").getBoolean("ready")).isFalse();
      assertThat(empty.http(HttpMethod.GET, "/v1/models/echo", "").status()).isEqualTo(503);
      assertThat(empty.http(HttpMethod.POST, PREDICT, "{}").status()).isEqualTo(503);
    }
  }

  private static String error(String path, String body) {
    RunningServer.HttpAnswer answer = server.http(HttpMethod.POST, path, body);
    return answer.status() + " " + answer.body().toJsonObject().getString("error");
  }

  private static JsonObject get(RunningServer from, String path) {
    return from.http(HttpMethod.GET, path, "").body().toJsonObject();
  }
}
