package io.millrace.benchmarks.fuzz;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.StreamResetException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sends gRPC calls with broken frames: wrong lengths, missing compression, and unknown methods. Any
 * status or a stream reset is accepted, but the connection must stay usable.
 */
final class BrokenFrameSender implements FuzzRun.Sender {
  private static final List<String> PATHS =
      List.of(
          "/inference.GRPCInferenceService/ModelInfer",
          "/inference.GRPCInferenceService/ModelInfer",
          "/inference.GRPCInferenceService/ModelStreamInfer",
          "/inference.GRPCInferenceService/ModelMetadata",
          "/inference.GRPCInferenceService/ModelConfig",
          "/inference.GRPCInferenceService/Nothing",
          "/grpc.health.v1.Health/Check",
          "/inference.GRPCInferenceService/",
          "/");
  private static final List<String> TYPES =
      List.of(
          "application/grpc", "application/grpc", "application/grpc+proto", "application/grpc+x");
  private static final List<String> TIMEOUTS = List.of("", "", "1S", "0n", "99999999H", "x", "-1S");

  private final HttpClient client;
  private final int port;
  private final Findings findings;

  BrokenFrameSender(Vertx vertx, int port, Findings findings) {
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setHttp2ClearTextUpgrade(false));
    this.port = port;
    this.findings = findings;
  }

  @Override
  public Future<@Nullable String> send(RequestMutator mutator) {
    String path = PATHS.get(mutator.below(PATHS.size()));
    String type = TYPES.get(mutator.below(TYPES.size()));
    String timeout = TIMEOUTS.get(mutator.below(TIMEOUTS.size()));
    Buffer frames = frames(mutator);
    return client
        .request(HttpMethod.POST, port, "127.0.0.1", path)
        .compose(
            request -> {
              request.putHeader("content-type", type).putHeader("te", "trailers");
              if (!timeout.isEmpty()) {
                request.putHeader("grpc-timeout", timeout);
              }
              if (mutator.below(4) == 0) {
                request.putHeader("grpc-encoding", mutator.below(2) == 0 ? "gzip" : "none");
              }
              return request.send(frames);
            })
        .compose(response -> response.body().map(body -> "frames answered"))
        .recover(BrokenFrameSender::reset)
        .map(
            how -> {
              findings.answered(how);
              return null;
            });
  }

  private static Future<String> reset(Throwable failure) {
    return failure instanceof StreamResetException
        ? Future.succeededFuture("frames reset")
        : Future.failedFuture(failure);
  }

  private static Buffer frames(RequestMutator mutator) {
    byte[] message = mutator.request().toByteArray();
    int length =
        switch (mutator.below(4)) {
          case 0 -> message.length;
          case 1 -> mutator.below(2 * message.length + 1);
          case 2 -> -1 - mutator.below(1000);
          default -> mutator.below(Integer.MAX_VALUE);
        };
    int flags = mutator.below(3) == 0 ? mutator.below(256) : mutator.below(2);
    return Buffer.buffer()
        .appendByte((byte) flags)
        .appendInt(length)
        .appendBytes(mutator.below(2) == 0 ? message : mutator.damaged(message));
  }
}
