package io.millrace.predictor.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.predictor.answering.RunningServer;
import io.millrace.predictor.following.TestModels;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestInferenceTest {
  private static final String INFER = "/v2/models/echo/infer";
  private static final String INPUTS =
      """
      "inputs": [
        {"name": "pair", "datatype": "FP32", "shape": [2, 2], "data": [[1, 0], [0.5, 2.25]]},
        {"name": "c", "datatype": "INT32", "shape": [2], "data": [3, -1]}]
      """;

  @AutoClose private static RunningServer server;
  private static HttpClient http;

  @BeforeAll
  static void start() throws InterruptedException {
    server = new RunningServer(TestModels.serving(TestModels.echo(6), TestModels.echo(7)));
    http = server.vertx.createHttpClient();
  }

  @Test
  void infer_json_answersJson() {
    Reply reply = post(INFER, "{\"id\": \"r1\", " + INPUTS + "}");

    assertThat(reply.status).isEqualTo(200);
    assertThat(reply.contentType).isEqualTo("application/json");
    JsonObject answer = reply.json();
    assertThat(answer.getString("model_name")).isEqualTo("echo");
    assertThat(answer.getString("model_version")).isEqualTo("7");
    assertThat(answer.getString("id")).isEqualTo("r1");
    assertThat(answer.getJsonObject("parameters").getString("position"))
        .isEqualTo("echoes-0:12,echoes-1:7");
    assertThat(answer.getJsonObject("parameters").getLong("trained_records")).isEqualTo(15);
    assertThat(answer.getJsonArray("outputs"))
        .isEqualTo(
            new JsonArray(
                """
                [{"name": "choice", "datatype": "FP32", "shape": [2, 2],
                  "data": [1.0, 0.0, 0.5, 2.25]},
                 {"name": "choice_class", "datatype": "BYTES", "shape": [2],
                  "data": ["no", "yes"]},
                 {"name": "sum", "datatype": "FP32", "shape": [2, 1], "data": [4.0, 1.75]}]
                """));
  }

  @Test
  void infer_version_answersFromIt() {
    Reply reply = post("/v2/models/echo/versions/6/infer", "{" + INPUTS + "}");

    assertThat(reply.json().getString("model_version")).isEqualTo("6");
  }

  @Test
  void infer_requestedOutputsOneBinary_comesBehindTheJson() {
    String outputs =
        """
        , "outputs": [{"name": "sum", "parameters": {"binary_data": true}},
                      {"name": "choice_class"}]
        """;

    Reply reply = post(INFER, "{" + INPUTS + outputs + "}");

    int jsonLength = Integer.parseInt(reply.jsonLength);
    assertThat(reply.contentType).isEqualTo("application/octet-stream");
    assertThat(reply.body.getBuffer(0, jsonLength).toJsonObject().getJsonArray("outputs"))
        .isEqualTo(
            new JsonArray(
                """
                [{"name": "sum", "datatype": "FP32", "shape": [2, 1],
                  "parameters": {"binary_data_size": 8}},
                 {"name": "choice_class", "datatype": "BYTES", "shape": [2],
                  "data": ["no", "yes"]}]
                """));
    assertThat(reply.body.getFloatLE(jsonLength)).isEqualTo(4);
    assertThat(reply.body.getFloatLE(jsonLength + 4)).isEqualTo(1.75f);
  }

  @Test
  void infer_binaryInputs_readsThemBehindTheJson() {
    String json =
        """
        {"parameters": {"binary_data_output": true},
         "inputs": [
          {"name": "pair", "datatype": "FP32", "shape": [1, 2],
           "parameters": {"binary_data_size": 8}},
          {"name": "c", "datatype": "FP64", "shape": [1, 1],
           "parameters": {"binary_data_size": 8}}],
         "outputs": [{"name": "sum"}]}
        """;
    Buffer body = Buffer.buffer(json).appendFloatLE(1).appendFloatLE(2).appendDoubleLE(0.5);

    Reply reply = post(INFER, body, Map.of(RestReply.JSON_LENGTH, "" + json.length()));

    assertThat(reply.status).as(reply.body.toString()).isEqualTo(200);
    assertThat(reply.body.getFloatLE(reply.body.length() - 4)).isEqualTo(3.5f);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{                    | the body is no inference request: it ends within a value",
        "[]                   | the body is no inference request: it is a list; expected an object",
        "{} {}                | the body is no inference request: expected nothing more",
        "{\"id\": 1}          | the body is no inference request: id is a whole number; expected text",
        "{\"inputs\": {}}     | the body is no inference request: inputs is an object; expected a list",
        "{\"inputs\": [{\"name\": \"c\", \"datatype\": \"FP32\", \"shape\": [2], \"data\": [1]}]}"
            + "| the body is no inference request: input 'c' has 1 elements in data; expected 2",
        "{\"inputs\": [{\"name\": \"c\", \"datatype\": \"INT8\", \"shape\": [1], \"data\": [.5]}]}"
            + "| the body is no inference request: it is no JSON; expected a value",
        "{\"inputs\": [{\"name\": \"c\", \"datatype\": \"INT8\", \"shape\": [1], \"data\": [0.5]}]}"
            + "| the body is no inference request: input 'c' has fractions or nulls in data",
        "{\"inputs\": [{\"name\": \"c\", \"datatype\": \"FP32\", \"shape\": [1], \"data\": [\"1\"]}]}"
            + "| the body is no inference request: input 'c' has texts in data; expected numbers",
        "{\"inputs\": [{\"name\": \"c\", \"datatype\": \"FP32\", \"shape\": [1], "
            + "\"parameters\": {\"binary_data_size\": 4}}]}"
            + "| the body is no inference request: the binary data of the inputs is longer",
        "{\"inputs\": [{\"name\": \"c\", \"datatype\": \"BYTES\", \"shape\": [1], "
            + "\"data\": [\"1\"]}]}"
            + "| input 'c' has datatype 'BYTES'; expected numbers",
        "{\"inputs\": [{\"shape\": [1, \"2\"]}]}"
            + "| the body is no inference request: inputs[0].shape[1] is a text; expected a whole",
        "{\"inputs\": [{\"shape\": [99999999999999999999]}]}"
            + "| the body is no inference request: inputs[0].shape[0] has more than 64 bits;",
        "{\"inputs\": [{\"parameters\": {\"binary_data_size\": [4]}}]}"
            + "| the body is no inference request: inputs[0].parameters.binary_data_size is a list;",
        "{\"parameters\": {\"priority\": \"high\"}}"
            + "| the body is no inference request: parameters.priority is a text; expected a whole",
        "{\"parameters\": {\"timeout\": 1.5}}"
            + "| the body is no inference request: parameters.timeout is a number with a fraction",
        "{\"parameters\": {\"timeout\": -1}}"
            + "| parameter 'timeout' is below 0; expected a whole number, 0 or more",
        "{\"parameters\": {\"binary_data_output\": 1}}"
            + "| the body is no inference request: parameters.binary_data_output is a whole number",
        "{\"inputs\": [{\"data\": [NaN]}]}"
            + "| the body is no inference request: NaN and infinite numbers are no JSON; expected",
        "{\"inputs\": [{\"data\": [{}]}]}"
            + "| the body is no inference request: inputs[0].data[0] is an object; expected a num",
        "{}                   | input 'a' is missing; model 'echo' expects",
      })
  void infer_badBody_isRefusedWithTheReason(String body, String reason) {
    Reply reply = post(INFER, body);

    assertThat(reply.status).isEqualTo(400);
    assertThat(reply.json().getString("error")).startsWith(reason);
  }

  @Test
  void infer_unknownModel_is404() {
    assertThat(post("/v2/models/other/infer", "{" + INPUTS + "}").status).isEqualTo(404);
  }

  @Test
  void infer_bodyTooLarge_is413() {
    Buffer body = Buffer.buffer(new byte[RunningServer.MAX_MESSAGE_BYTES + 1]);

    assertThat(post(INFER, body, Map.of()).status).isEqualTo(413);
  }

  @Test
  void infer_jsonLengthBeyondTheBody_is400() {
    Reply reply = post(INFER, Buffer.buffer("{}"), Map.of(RestReply.JSON_LENGTH, "3"));

    assertThat(reply.json().getString("error"))
        .isEqualTo(
            "the body is no inference request: Inference-Header-Content-Length is 3;"
                + " expected 0 to 2");
  }

  @Test
  void get_serverAndModel_describeThemselves() {
    assertThat(get("/v2").json().getString("name")).isEqualTo("millrace");
    assertThat(get("/v2/health/live").json()).isEqualTo(new JsonObject("{\"live\": true}"));
    assertThat(get("/v2/health/ready").json()).isEqualTo(new JsonObject("{\"ready\": true}"));
    assertThat(get("/v2/models/echo/versions/6/ready").json())
        .isEqualTo(new JsonObject("{\"name\": \"echo\", \"ready\": true}"));
    assertThat(get("/v2/models/echo/versions/5/ready").status).isEqualTo(503);
    assertThat(get("/v2/models/other/ready").status).isEqualTo(404);
    JsonObject metadata = get("/v2/models/echo").json();
    assertThat(metadata.getJsonArray("versions")).isEqualTo(new JsonArray("[\"7\", \"6\"]"));
    assertThat(metadata.getJsonArray("inputs"))
        .isEqualTo(
            new JsonArray(
                """
                [{"name": "pair", "datatype": "FP32", "shape": [-1, 2]},
                 {"name": "c", "datatype": "FP32", "shape": [-1, 1]}]
                """));
  }

  private static Reply post(String path, String body) {
    return post(path, Buffer.buffer(body), Map.of());
  }

  private static Reply post(String path, Buffer body, Map<String, String> headers) {
    return send(HttpMethod.POST, path, body, headers);
  }

  private static Reply get(String path) {
    return send(HttpMethod.GET, path, Buffer.buffer(), Map.of());
  }

  private static Reply send(
      HttpMethod method, String path, Buffer body, Map<String, String> headers) {
    return RunningServer.await(
        http.request(method, server.service.port(), "127.0.0.1", path)
            .compose(
                request -> {
                  headers.forEach(request::putHeader);
                  return request.send(body).compose(RestInferenceTest::reply);
                }));
  }

  private static Future<Reply> reply(HttpClientResponse response) {
    return response
        .body()
        .map(
            content ->
                new Reply(
                    response.statusCode(),
                    String.valueOf(response.getHeader("content-type")),
                    String.valueOf(response.getHeader(RestReply.JSON_LENGTH)),
                    content));
  }

  private record Reply(int status, String contentType, String jsonLength, Buffer body) {
    JsonObject json() {
      return body.toJsonObject();
    }
  }
}
