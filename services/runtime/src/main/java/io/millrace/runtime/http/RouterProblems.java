package io.millrace.runtime.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A router's answers if no route takes a request, or a route fails. Callers' errors are answered,
 * but not logged.
 */
public final class RouterProblems {
  private RouterProblems() {}

  /**
   * Sets the router's error handlers.
   *
   * @param failures receives unforeseen failures
   */
  public static void mountOn(Router router, Consumer<Throwable> failures) {
    router.errorHandler(HttpProblem.BAD_REQUEST, RouterProblems::badPath);
    router.errorHandler(HttpProblem.NOT_FOUND, RouterProblems::notFound);
    router.errorHandler(HttpProblem.METHOD_NOT_ALLOWED, call -> notAllowed(router, call));
    router.errorHandler(HttpProblem.INTERNAL, call -> failed(call, failures));
  }

  private static void badPath(RoutingContext call) {
    answer(call, HttpProblem.BAD_REQUEST, "the path cannot be decoded: " + call.request().path());
  }

  private static void notFound(RoutingContext call) {
    answer(call, HttpProblem.NOT_FOUND, "nothing is at " + call.request().path());
  }

  /**
   * RFC 9110, 15.5.6: the answer names the allowed methods. Vert.x does that only in its own
   * answers.
   */
  private static void notAllowed(Router router, RoutingContext call) {
    String allowed = String.join(", ", allowed(router, call.normalizedPath()));
    call.response().putHeader(HttpHeaders.ALLOW, allowed);
    answer(
        call,
        HttpProblem.METHOD_NOT_ALLOWED,
        "%s is not allowed for this path; allowed: %s".formatted(call.request().method(), allowed));
  }

  private static Set<String> allowed(Router router, String path) {
    Set<String> allowed = new TreeSet<>();
    for (Route route : router.getRoutes()) {
      if (route.methods() != null && matches(route.getPath(), path)) {
        route.methods().forEach(method -> allowed.add(method.name()));
      }
    }
    if (allowed.contains("GET")) {
      allowed.add("HEAD"); // see RequestChecks
    }
    return allowed;
  }

  private static boolean matches(@Nullable String pattern, String path) {
    String[] segments = path.split("/", -1);
    String[] wanted = pattern == null ? new String[0] : pattern.split("/", -1);
    boolean matches = wanted.length == segments.length;
    for (int i = 0; matches && i < wanted.length; i++) {
      matches = wanted[i].startsWith(":") || wanted[i].equals(segments[i]);
    }
    return matches;
  }

  private static void failed(RoutingContext call, Consumer<Throwable> failures) {
    @Nullable Throwable failure = call.failure();
    if (failure != null) {
      failures.accept(failure);
    }
    HttpProblem.internal().answer(call.response());
  }

  private static void answer(RoutingContext call, int status, String message) {
    new HttpProblem(status, message).answer(call.response());
  }
}
