package io.millrace.predictor.answering;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.millrace.predictor.following.ServedModels;
import io.millrace.predictor.predictionlog.PredictionLog;
import io.millrace.predictor.requests.RequestReader;
import io.millrace.proto.inference.GRPCInferenceServiceGrpcClient;
import io.millrace.proto.inference.ModelInferRequest;
import io.millrace.proto.inference.ModelInferResponse;
import io.millrace.runtime.lifecycle.Health;
import io.millrace.runtime.management.Metrics;
import io.millrace.settings.Section;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.impl.HttpClientConnectionInternal;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.GrpcClientResponse;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.common.ServiceMethod;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A server on a free port and its client, both in this process. */
public final class RunningServer implements AutoCloseable {
  public static final int MAX_MESSAGE_BYTES = 1 << 20;
  private static final Map<String, Object> OPTIONS =
      Map.of(
          "port", 0,
          "event_loops", 2,
          "max_batch", 4,
          "queue_capacity", 8,
          "max_message_bytes", MAX_MESSAGE_BYTES,
          "reflection", true,
          "admin", true);
  private static final Buffer PING = Buffer.buffer("8 bytes!");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  final Health health = new Health();
  final Metrics metrics = new Metrics();
  public final List<Throwable> failures = new CopyOnWriteArrayList<>();
  public final Vertx vertx = Vertx.vertx();
  public final HttpClient http = vertx.createHttpClient();
  public final GrpcClient grpc = GrpcClient.client(vertx);
  public final AnsweringService service;
  private final List<HttpClient> clients = new CopyOnWriteArrayList<>();

  public RunningServer(ServedModels models) throws InterruptedException {
    this(models, Map.of());
  }

  /**
   * @param options of the section {@code serving}, besides those of every test
   */
  public RunningServer(ServedModels models, Map<String, ?> options) throws InterruptedException {
    this(models, options, null);
  }

  public RunningServer(ServedModels models, Map<String, ?> options, @Nullable PredictionLog log)
      throws InterruptedException {
    Map<String, Object> serving = new HashMap<>(OPTIONS);
    serving.putAll(options);
    service =
        new AnsweringService(
            AnsweringSettings.read(Section.root(serving)),
            models,
            RequestReader::read,
            health,
            log,
            metrics,
            (name, failure) -> failures.add(failure));
    service.start();
  }

  public SocketAddress address() {
    return SocketAddress.inetSocketAddress(service.port(), "127.0.0.1");
  }

  /** Returns an HTTP client. It is kept here, because an unreferenced client closes itself. */
  public HttpClient http(HttpClientOptions options) {
    HttpClient client = vertx.createHttpClient(options);
    clients.add(client);
    return client;
  }

  GRPCInferenceServiceGrpcClient client() {
    return GRPCInferenceServiceGrpcClient.create(grpc, address());
  }

  public Answer<ModelInferResponse> infer(ModelInferRequest.Builder request) {
    return call(GRPCInferenceServiceGrpcClient.ModelInfer, request.build());
  }

  /**
   * Calls a unary method and waits for its status, message and answer. The handlers are set where
   * the request is sent: if a test's thread set them later, they could miss the answer.
   */
  <Q, A> Answer<A> call(ServiceMethod<A, Q> method, Q message) {
    return call(method, message, "");
  }

  /**
   * @param authorization the header of that name; empty for none
   */
  <Q, A> Answer<A> call(ServiceMethod<A, Q> method, Q message, String authorization) {
    return await(
        grpc.request(address(), method)
            .onSuccess(request -> authorize(request.headers(), authorization))
            .compose(request -> request.send(message).compose(RunningServer::<Q, A>answer)));
  }

  private static <Q, A> Future<Answer<A>> answer(GrpcClientResponse<Q, A> response) {
    Future<@Nullable A> message =
        response.status() == null ? response.last().map(last -> last) : Future.succeededFuture();
    return message.map(last -> new Answer<>(response.status(), response.statusMessage(), last));
  }

  /** Sends a REST request and waits for the answer. */
  public HttpAnswer http(HttpMethod method, String path, String body) {
    return http(method, path, body, "");
  }

  /**
   * @param authorization the header of that name; empty for none
   */
  public HttpAnswer http(HttpMethod method, String path, String body, String authorization) {
    return http(method, path, Buffer.buffer(body), authorization);
  }

  public HttpAnswer http(HttpMethod method, String path, Buffer body, String authorization) {
    Promise<HttpAnswer> answer = Promise.promise();
    // On an event loop, so that every handler is set in time.
    vertx.runOnContext(
        nothing ->
            http.request(method, service.port(), "127.0.0.1", path)
                .onSuccess(request -> authorize(request.headers(), authorization))
                .compose(request -> request.send(body))
                .compose(
                    response ->
                        response.body().map(read -> new HttpAnswer(response.statusCode(), read)))
                .onComplete(answer));
    return await(answer.future());
  }

  private static void authorize(MultiMap headers, String authorization) {
    if (!authorization.isEmpty()) {
      headers.set(HttpHeaders.AUTHORIZATION, authorization);
    }
  }

  /** Returns how many inference requests ended with a status. */
  public double ended(GrpcStatus status) {
    return metrics
        .registry()
        .get("millrace.inference.requests")
        .tag("status", status.name())
        .counters()
        .stream()
        .mapToDouble(Counter::count)
        .sum();
  }

  /** Waits for something that the server does on its own. */
  public static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.onSpinWait();
    }
  }

  public static <T> T await(Future<T> future) {
    try {
      return future.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("nothing came in " + PATIENCE, e);
    }
  }

  /**
   * Waits until the server has read everything that a client's connection has sent. It waits for
   * the reply on the connection's event loop: on another thread, Vert.x could receive the reply
   * before the handler is set.
   */
  public static void roundTrip(HttpConnection connection) {
    Promise<Buffer> reply = Promise.promise();
    ((HttpClientConnectionInternal) connection)
        .context()
        .runOnContext(nothing -> connection.ping(PING).onComplete(reply));
    await(reply.future());
  }

  /** Ends both; none of their threads may have failed. */
  @Override
  public void close() throws InterruptedException {
    await(vertx.close());
    service.stop(PATIENCE);
    metrics.close();
    assertThat(failures).isEmpty();
  }

  /** An answer over REST. */
  public record HttpAnswer(int status, Buffer body) {}

  /** The answer to a gRPC call. */
  public record Answer<A>(GrpcStatus status, @Nullable String reason, @Nullable A message) {
    A ok() {
      if (status != GrpcStatus.OK || message == null) {
        throw new AssertionError(status + ": " + reason);
      }
      return message;
    }
  }
}
