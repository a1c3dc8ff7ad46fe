package io.millrace.predictor.answering;

import com.google.protobuf.Descriptors.ServiceDescriptor;
import io.millrace.predictor.following.ServedModels;
import io.millrace.predictor.grpc.GrpcEndpoint;
import io.millrace.predictor.grpc.GrpcHealth;
import io.millrace.predictor.grpc.GrpcMessages;
import io.millrace.predictor.grpc.LongCalls;
import io.millrace.predictor.grpc.Reflection;
import io.millrace.predictor.grpc.StatusMessage;
import io.millrace.predictor.inference.AnswerListener;
import io.millrace.predictor.inference.AnsweringMetrics;
import io.millrace.predictor.inference.InferenceQueue;
import io.millrace.predictor.inference.InferenceWork;
import io.millrace.predictor.inference.ModelCatalog;
import io.millrace.predictor.inference.OpenInference;
import io.millrace.predictor.inference.Recorded;
import io.millrace.predictor.inference.Routing;
import io.millrace.predictor.predictionlog.PredictionLog;
import io.millrace.predictor.requests.CallReader;
import io.millrace.predictor.requests.NotOffered;
import io.millrace.predictor.rest.KserveEndpoint;
import io.millrace.predictor.rest.RestCatalog;
import io.millrace.predictor.rest.RestEndpoint;
import io.millrace.proto.predictions.v1.Prediction;
import io.millrace.runtime.access.AccessControl;
import io.millrace.runtime.access.Denial;
import io.millrace.runtime.http.BodyReader;
import io.millrace.runtime.http.HttpService;
import io.millrace.runtime.http.RequestChecks;
import io.millrace.runtime.http.RouterProblems;
import io.millrace.runtime.lifecycle.Health;
import io.millrace.runtime.lifecycle.OwnedThread;
import io.millrace.runtime.lifecycle.Service;
import io.millrace.runtime.management.ManagementRoutes;
import io.millrace.runtime.management.Metrics;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.grpc.server.GrpcProtocol;
import io.vertx.grpc.server.GrpcServer;
import io.vertx.grpc.server.GrpcServerOptions;
import io.vertx.grpc.server.GrpcServerRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Answers requests: event loops read and write, and one inference thread computes.
 *
 * <p>It stops in the order in which a request passes through: the port takes no new requests, the
 * requests in flight are inferred and answered, then the inference thread ends.
 */
public final class AnsweringService implements Service {
  private final AnsweringSettings settings;
  private final ManagementRoutes management;
  private final OpenInference protocol;
  private final AnsweringMetrics metrics;
  private final AccessControl access;
  private final OwnedThread inference;
  private final HttpService http;

  /**
   * Creates the service; {@link #start} opens the port.
   *
   * @param reader reads requests
   * @param log takes predictions; null if they are not logged
   * @param onFailure takes the name of a thread that failed, and its failure
   */
  public AnsweringService(
      AnsweringSettings settings,
      ServedModels models,
      CallReader reader,
      Health health,
      @Nullable PredictionLog log,
      Metrics metrics,
      BiConsumer<String, Throwable> onFailure) {
    InferenceQueue queue = new InferenceQueue(settings.queue());
    this.settings = settings;
    this.access = new AccessControl(settings.access(), settings.transport().clientAuth());
    this.management = new ManagementRoutes(health, metrics);
    this.metrics = new AnsweringMetrics(metrics.registry(), queue, settings.metricsByVersion());
    Predicate<String> recorded = id -> log != null && log.wants(id);
    this.protocol =
        new OpenInference(
            models,
            queue,
            health,
            new ModelCatalog(models, settings.queue(), settings.admin()),
            new Routing(settings.routing(), models, queue, this.metrics, recorded),
            reader,
            this.metrics);
    this.inference =
        new OwnedThread(
            "inference", new InferenceWork(queue, this.metrics, listener(log)), onFailure);
    this.http = new HttpService("serving", settings.transport(), this::handler);
  }

  /** Returns the metrics of requests. */
  public AnsweringMetrics metrics() {
    return metrics;
  }

  @Override
  public String name() {
    return "serving";
  }

  /** Returns the port that it listens on. */
  public int port() {
    return http.port();
  }

  @Override
  public void start() throws InterruptedException {
    http.start();
    inference.start();
  }

  @Override
  public boolean stop(Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    boolean closed = http.stop(patience);
    Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    return inference.stop(left) && closed;
  }

  private static AnswerListener listener(@Nullable PredictionLog log) {
    if (log == null) {
      return AnswerListener.NONE;
    }
    Clock clock = Clock.systemUTC();
    return (call, response, shadow) -> {
      if (log.wants(call.id())) {
        Prediction.Role role = shadow ? Prediction.Role.SHADOW : Prediction.Role.ANSWER;
        log.offer(new Recorded(call, response, role, clock.millis()));
      }
    };
  }

  /** Returns the handler of requests for one event loop. */
  private Handler<HttpServerRequest> handler(Vertx vertx) {
    vertx.exceptionHandler(metrics.failures()::happened);
    Context eventLoop = vertx.getOrCreateContext();
    GrpcMessages messages = new GrpcMessages(settings.maxMessageBytes(), metrics.failures());
    LongCalls open = new LongCalls();
    GrpcEndpoint endpoint = new GrpcEndpoint(protocol, eventLoop, metrics, messages, open);
    GrpcHealth healthChecks = new GrpcHealth(protocol, vertx, messages, open);
    GrpcServer grpc = grpc(vertx, endpoint, healthChecks, messages);
    Handler<HttpServerRequest> rest =
        new RequestChecks(routes(vertx, eventLoop), metrics.failures()::happened);
    Dispatcher all = new Dispatcher(endpoint::modelInfer, grpc, rest);
    return access.guard(vertx, RequiredRole::of, this::denied, all);
  }

  private void denied(HttpServerRequest request, Denial denial) {
    metrics.ended(denial.status());
  }

  private GrpcServer grpc(
      Vertx vertx, GrpcEndpoint endpoint, GrpcHealth healthChecks, GrpcMessages messages) {
    GrpcServerOptions options =
        new GrpcServerOptions()
            .removeEnabledProtocol(GrpcProtocol.WEB)
            .removeEnabledProtocol(GrpcProtocol.WEB_TEXT)
            .setMaxMessageSize(settings.maxMessageBytes())
            .setScheduleDeadlineAutomatically(true);
    GrpcServer grpc =
        GrpcServer.server(vertx, options)
            .callHandler(AnsweringService::refuseUnknown)
            .addService(endpoint.service(settings.admin()))
            .addService(healthChecks.service());
    if (settings.reflection()) {
      new Reflection(descriptors(grpc), messages).addTo(grpc);
    }
    return grpc;
  }

  private static List<ServiceDescriptor> descriptors(GrpcServer grpc) {
    return grpc.services().stream().map(io.vertx.grpc.server.Service::descriptor).toList();
  }

  private static void refuseUnknown(GrpcServerRequest<?, ?> call) {
    call.invalidMessageHandler(tooLarge -> {}); // without it Vert.x would answer a second time
    StatusMessage.refuse(call.response(), NotOffered.method(call.fullMethodName()));
  }

  private Router routes(Vertx vertx, Context eventLoop) {
    Router router = Router.router(vertx);
    RouterProblems.mountOn(router, metrics.failures()::happened);
    Handler<RoutingContext> operatorsOnly = access.operatorsOnly(this::denied);
    router.get("/metrics").handler(operatorsOnly);
    management.mountOn(router);
    BodyReader bodies =
        new BodyReader(
            settings.maxMessageBytes(), "serving.max_message_bytes", metrics.failures()::happened);
    new RestEndpoint(protocol, eventLoop, metrics, bodies).mountOn(router);
    new KserveEndpoint(protocol, eventLoop, metrics, bodies).mountOn(router);
    NotOffered.mountOn(router);
    RestCatalog catalog = new RestCatalog(protocol, metrics.failures());
    if (settings.admin()) {
      catalog.mountForOperatorsOn(router, operatorsOnly);
    }
    catalog.mountOn(router);
    return router;
  }
}
