package io.millrace.predictor.answering;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.predictor.following.TestModels;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** REST behaves alike over every HTTP version, even if an upgrade is requested in vain. */
class RestOverHttp2Test {
  private static final String INFER = "/v2/models/echo/infer";
  private static final String ROW =
      """
      {"inputs":[{"name":"pair","datatype":"FP32","shape":[1,2],"data":[1,2]},
       {"name":"c","datatype":"FP32","shape":[1,1],"data":[3]}],"outputs":[{"name":"sum"}]}""";

  @AutoClose private static RunningServer server;
  private static List<HttpClient> clients;

  @BeforeAll
  static void start() throws InterruptedException {
    server = new RunningServer(TestModels.serving(TestModels.echo(7)));
    HttpClientOptions http2 = new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2);
    clients =
        List.of(
            server.http(new HttpClientOptions(http2).setHttp2ClearTextUpgrade(false)),
            server.http(http2));
  }

  @Test
  void infer_plainOrCompressed_isAnswered() throws IOException {
    for (HttpClient client : clients) {
      Reply plain = call(client, HttpMethod.POST, INFER, Map.of(), Buffer.buffer(ROW));
      Reply gzip =
          call(client, HttpMethod.POST, INFER, Map.of("content-encoding", "gzip"), gzip(ROW));

      for (Reply reply : List.of(plain, gzip)) {
        assertThat(reply.status).as(reply.body).isEqualTo(200);
        assertThat(reply.body).endsWith("\"data\":[6.0]}]}");
      }
    }
  }

  @Test
  void call_mistaken_isToldSoInJson() {
    Map<String, Integer> statuses =
        Map.of(INFER, 405, "/v2/none", 404, "/v2/models/%zz", 400, "/v2/models/other", 404);
    for (HttpClient client : clients) {
      statuses.forEach(
          (path, status) -> {
            Reply reply = call(client, HttpMethod.GET, path, Map.of(), Buffer.buffer());

            assertThat(reply.status).as(path).isEqualTo(status);
            assertThat(reply.body).as(path).startsWith("{\"error\":\"");
          });
    }
  }

  @Test
  void infer_bodyTooLarge_is413() {
    Buffer large = Buffer.buffer(new byte[RunningServer.MAX_MESSAGE_BYTES + 1]);

    assertThat(call(clients.get(0), HttpMethod.POST, INFER, Map.of(), large).status).isEqualTo(413);
  }

  @Test
  void head_hasNoBody() {
    Map<String, Integer> statuses = Map.of("/v2", 200, "/livez", 200, "/v2/none", 404, INFER, 405);
    for (HttpClient client : clients) {
      statuses.forEach(
          (path, status) ->
              assertThat(call(client, HttpMethod.HEAD, path, Map.of(), Buffer.buffer()))
                  .isEqualTo(new Reply(status, "")));
    }
  }

  private static Reply call(
      HttpClient client, HttpMethod method, String path, Map<String, String> headers, Buffer body) {
    Promise<Reply> reply = Promise.promise();
    server.vertx.runOnContext( // sets every handler in time
        nothing ->
            client
                .request(method, server.service.port(), "127.0.0.1", path)
                .compose(
                    request -> {
                      headers.forEach(request::putHeader);
                      return body.length() == 0 ? request.send() : request.send(body);
                    })
                .compose(
                    response ->
                        response
                            .body()
                            .map(read -> new Reply(response.statusCode(), read.toString())))
                .onComplete(reply));
    return RunningServer.await(reply.future());
  }

  private static Buffer gzip(String text) throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return Buffer.buffer(compressed.toByteArray());
  }

  private record Reply(int status, String body) {}
}
