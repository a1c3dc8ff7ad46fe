package io.millrace.client;

import io.millrace.proto.inference.GRPCInferenceServiceGrpcClient;
import io.millrace.proto.inference.ModelInferRequest;
import io.millrace.proto.inference.ModelInferResponse;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.GrpcClientOptions;
import io.vertx.grpc.client.GrpcClientRequest;
import io.vertx.grpc.client.GrpcClientResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/2 connection to each predictor in use. A connection that its predictor drains (GOAWAY)
 * finishes its calls and gets no new ones. Safe for any thread.
 */
final class Connections {
  /** Keeps an unreachable address from taking the whole deadline. */
  private static final int CONNECT_MILLIS = 2000;

  private static final int MAX_MESSAGE_BYTES = 64 << 20;

  private final List<SocketAddress> addresses;
  private final GrpcClient client;
  private final @Nullable Supplier<String> token;
  private final AtomicInteger current = new AtomicInteger();

  Connections(Vertx vertx, ClientOptions options) {
    this.addresses =
        options.addresses().stream()
            .map(address -> SocketAddress.inetSocketAddress(address.port(), address.host()))
            .toList();
    this.token = options.token();
    this.client =
        GrpcClient.builder(vertx)
            .with(http(options.tls()))
            .with(
                new GrpcClientOptions()
                    .setMaxMessageSize(MAX_MESSAGE_BYTES)
                    .setScheduleDeadlineAutomatically(true))
            .build();
  }

  /** Returns the index of the address to call. */
  int current() {
    return current.get();
  }

  /** Moves on to the next address, unless another call has done so. */
  void avoid(int index) {
    current.compareAndSet(index, (index + 1) % addresses.size());
  }

  /** Returns the addresses, for people. */
  String names() {
    return addresses.stream()
        .map(address -> address.host() + ":" + address.port())
        .collect(Collectors.joining(", "));
  }

  /**
   * Sends a request once.
   *
   * @param index of the address
   * @param timeoutMillis how long the predictor may take
   */
  Future<ModelInferResponse> send(int index, ModelInferRequest message, long timeoutMillis) {
    return client
        .request(addresses.get(index), GRPCInferenceServiceGrpcClient.ModelInfer)
        .compose(
            request -> {
              // The calls' failures report it; without a handler Vert.x would log it too.
              request.connection().exceptionHandler(failure -> {});
              authorize(request);
              request.timeout(Math.max(1, timeoutMillis), TimeUnit.MILLISECONDS);
              return request.send(message).compose(Connections::answer);
            });
  }

  private void authorize(GrpcClientRequest<?, ?> request) {
    if (token != null) {
      request.headers().set(HttpHeaders.AUTHORIZATION, "Bearer " + token.get());
    }
  }

  private static Future<ModelInferResponse> answer(
      GrpcClientResponse<ModelInferRequest, ModelInferResponse> response) {
    return response
        .last()
        .recover(
            failure ->
                Future.failedFuture(response.status() == null ? failure : refused(response)));
  }

  private static RefusedException refused(GrpcClientResponse<?, ?> response) {
    String message = response.statusMessage();
    return new RefusedException(
        response.status(),
        message == null || message.isEmpty() ? response.status().name() : message);
  }

  private static HttpClientOptions http(@Nullable Tls tls) {
    HttpClientOptions options =
        new HttpClientOptions()
            .setConnectTimeout(CONNECT_MILLIS)
            .setHttp2ClearTextUpgrade(false); // gRPC servers need not support upgrades
    if (tls == null) {
      return options;
    }
    options.setSsl(true).setUseAlpn(true);
    Path authorities = tls.authorities();
    if (authorities != null) {
      options.setTrustOptions(new PemTrustOptions().addCertPath(authorities.toString()));
    }
    Path certificate = tls.certificate();
    Path key = tls.key();
    if (certificate != null && key != null) {
      options.setKeyCertOptions(
          new PemKeyCertOptions().setCertPath(certificate.toString()).setKeyPath(key.toString()));
    }
    return options;
  }
}
