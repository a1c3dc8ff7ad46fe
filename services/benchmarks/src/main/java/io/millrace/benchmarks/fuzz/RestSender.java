package io.millrace.benchmarks.fuzz;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sends valid and damaged bodies, headers and paths over REST, on HTTP/1.1 and HTTP/2 connections.
 */
final class RestSender implements FuzzRun.Sender {
  private static final Set<Integer> STATUSES = Set.of(200, 400, 404, 405, 413, 504);
  private static final List<String> PATHS =
      List.of(
          "/v2/models/echo/infer",
          "/v2/models/echo/versions/1/infer",
          "/v2/models/echo/versions/%00/infer",
          "/v2/models/other/infer",
          "/v2/models//infer",
          "/v2/models/echo/infer/%2e%2e/infer",
          "/v2/models/%c3%28/infer");
  private static final int KEEP_ALIVE_SECONDS = 1; // less than the server's

  private final List<HttpClient> clients;
  private final int port;
  private final Findings findings;

  RestSender(Vertx vertx, int port, Findings findings) {
    HttpClientOptions options = new HttpClientOptions().setKeepAliveTimeout(KEEP_ALIVE_SECONDS);
    HttpClientOptions http2 =
        new HttpClientOptions(options)
            .setProtocolVersion(HttpVersion.HTTP_2)
            .setHttp2ClearTextUpgrade(false);
    this.clients = List.of(vertx.createHttpClient(options), vertx.createHttpClient(http2));
    this.port = port;
    this.findings = findings;
  }

  @Override
  public Future<@Nullable String> send(RequestMutator mutator) {
    int number = mutator.below(1000);
    byte[] right = HttpBody.RIGHT.formatted(number, number).getBytes(StandardCharsets.UTF_8);
    boolean isRight = mutator.below(4) == 0;
    byte[] body =
        isRight
            ? right
            : switch (mutator.below(8)) {
              case 0 -> mutator.bytes(mutator.below(200));
              case 1 -> mutator.bytes(RequestMutator.MAX_MESSAGE_BYTES + 1);
              default -> mutator.damaged(right);
            };
    String path = PATHS.get(isRight ? 0 : mutator.below(PATHS.size()));
    String header = isRight ? "" : header(mutator, body.length);
    return mutator
        .pick(clients)
        .request(HttpMethod.POST, port, "127.0.0.1", path)
        .compose(
            request -> {
              if (!header.isEmpty()) {
                request.putHeader("Inference-Header-Content-Length", header);
              }
              return request.send(Buffer.buffer(body));
            })
        .compose(response -> look(isRight ? number + 7.0 : Double.NaN, response));
  }

  private static String header(RequestMutator mutator, int length) {
    return switch (mutator.below(6)) {
      case 0 -> Integer.toString(mutator.below(2 * length + 1));
      case 1 -> "-1";
      case 2 -> "99999999999999999999";
      default -> "";
    };
  }

  /**
   * @param sum the expected output; NaN if any of the protocol's statuses is allowed
   */
  private Future<@Nullable String> look(double sum, HttpClientResponse response) {
    return response
        .body()
        .map(
            body -> {
              int status = response.statusCode();
              findings.answered("rest " + status);
              boolean well = STATUSES.contains(status) && (Double.isNaN(sum) || sum == sumOf(body));
              return well ? null : "answers " + status + " " + body;
            });
  }

  private static double sumOf(Buffer body) {
    try {
      return new JsonObject(body)
          .getJsonArray("outputs")
          .getJsonObject(0)
          .getJsonArray("data")
          .getDouble(0);
    } catch (DecodeException | ClassCastException | NullPointerException e) {
      return Double.NaN;
    }
  }
}
