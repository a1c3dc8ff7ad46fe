package io.millrace.runtime.management;

import io.millrace.runtime.access.Role;
import io.millrace.runtime.http.HttpService;
import io.millrace.runtime.http.RequestChecks;
import io.millrace.runtime.http.RouterProblems;
import io.millrace.runtime.lifecycle.Health;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code /livez}, {@code /readyz} and {@code /metrics}. A probe answers 200, or 503 with the
 * reasons, one per line; further lines are remarks.
 *
 * <p>The routes are mounted on a router of their own, with {@link LevelRoutes}, or on that of a
 * service's own port.
 */
public final class ManagementRoutes {
  private static final Set<String> PROBES = Set.of("/livez", "/readyz");

  /** The page's files, which are the same everywhere; spelled so that no router reads them else. */
  private static final Pattern FILES =
      Pattern.compile("/|/page/(uplot/)?[A-Za-z0-9][A-Za-z0-9._-]*");

  private static final Set<HttpMethod> READING =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

  private final Health health;
  private final Metrics metrics;
  private final UnforeseenFailures failures;
  private final LogLevels levels = new LogLevels();
  private final List<ManagementPart> parts = new ArrayList<>();

  public ManagementRoutes(Health health, Metrics metrics) {
    this.health = health;
    this.metrics = metrics;
    this.failures = new UnforeseenFailures(metrics.registry());
  }

  /** Adds further routes to the management port; called before it is opened. */
  public ManagementRoutes with(ManagementPart part) {
    parts.add(part);
    return this;
  }

  /** Counts an unforeseen failure of a request, and logs the first of its kind. */
  public void failed(Throwable failure) {
    failures.happened(failure);
  }

  /** Returns a service for these routes alone. */
  public HttpService service(ManagementSettings settings) {
    ManagementAccess access = access(settings);
    return new HttpService(
        "management",
        settings.transport(),
        vertx -> access.guard(vertx, ManagementRoutes::needed, handler(vertx, access)));
  }

  /** Returns who may do what on a management port. */
  public ManagementAccess access(ManagementSettings settings) {
    return new ManagementAccess(settings, metrics.registry());
  }

  /**
   * Returns the role that a request to a management port needs; null if it is open to everyone.
   * Whoever asks for more than an answer needs {@link Role#ADMIN}.
   */
  public static @Nullable Role needed(HttpServerRequest request) {
    String path = Objects.requireNonNullElse(request.path(), ""); // refused later without one
    if (PROBES.contains(path)) {
      return null;
    }
    if (!READING.contains(request.method())) {
      return Role.ADMIN;
    }
    return FILES.matcher(path).matches() ? null : Role.INFER;
  }

  /** Adds the routes. Their handlers run on the router's event loops. */
  public void mountOn(Router router) {
    router.get("/livez").handler(this::liveness);
    router.get("/readyz").handler(this::readiness);
    router.get("/metrics").handler(this::metrics);
  }

  /** Returns the handler of a management port, with these routes and those of log levels. */
  public Handler<HttpServerRequest> handler(Vertx vertx, ManagementAccess access) {
    vertx.exceptionHandler(failures::happened);
    return new RequestChecks(router(vertx, access), failures::happened);
  }

  /** Returns a router with the same routes, for more of them. */
  public Router router(Vertx vertx, ManagementAccess access) {
    Router router = Router.router(vertx);
    RouterProblems.mountOn(router, failures::happened);
    mountOn(router);
    new LevelRoutes(levels, access, failures::happened).mountOn(router);
    parts.forEach(part -> part.mountOn(router, vertx, access));
    return router;
  }

  private void liveness(RoutingContext context) {
    Optional<String> failure = health.failure();
    answer(context, failure.isEmpty(), failure.orElse("alive"));
  }

  private void readiness(RoutingContext context) {
    Map<String, String> reasons = health.reasonsAgainstReadiness();
    Stream<String> first = reasons.isEmpty() ? Stream.of("ready") : lines(reasons);
    String text = Stream.concat(first, lines(health.remarks())).collect(Collectors.joining("\n"));
    answer(context, reasons.isEmpty(), text);
  }

  private static Stream<String> lines(Map<String, String> textsByPart) {
    return textsByPart.entrySet().stream()
        .map(text -> text.getKey() + ": " + text.getValue())
        .sorted();
  }

  /** Collecting hundreds of meters takes milliseconds, too long for an event loop. */
  private void metrics(RoutingContext context) {
    context
        .vertx()
        .executeBlocking(metrics::scrape)
        .onSuccess(
            text ->
                context
                    .response()
                    .putHeader(HttpHeaders.CONTENT_TYPE, Metrics.CONTENT_TYPE)
                    .end(text))
        .onFailure(context::fail);
  }

  private static void answer(RoutingContext context, boolean well, String text) {
    context
        .response()
        .setStatusCode(well ? 200 : 503)
        .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8")
        .end(text + "\n");
  }
}
