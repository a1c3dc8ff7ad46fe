package io.millrace.runtime.access;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes allowed requests on and answers the denied ones itself. On one event loop.
 *
 * <p>The server that it guards says which role a request needs.
 */
final class Gatekeeper implements Handler<HttpServerRequest> {
  private static final Logger LOGGER = LoggerFactory.getLogger(Gatekeeper.class);

  /** HTTP/2's CANCEL: the rest of the request is not needed. */
  private static final long CANCEL = 8;

  private static final int UNAUTHORIZED = 401;

  private static final String GRPC = "application/grpc";

  private final Authority authority;
  private final Function<HttpServerRequest, @Nullable Role> needed;
  private final BiConsumer<HttpServerRequest, Denial> denied;
  private final Handler<HttpServerRequest> next;

  /**
   * @param needed returns the role that a request needs; null if it is open to everyone
   * @param denied receives the denied requests
   * @param next handles the allowed requests
   */
  Gatekeeper(
      Authority authority,
      Function<HttpServerRequest, @Nullable Role> needed,
      BiConsumer<HttpServerRequest, Denial> denied,
      Handler<HttpServerRequest> next) {
    this.authority = authority;
    this.needed = needed;
    this.denied = denied;
    this.next = next;
  }

  @Override
  public void handle(HttpServerRequest request) {
    Role role = needed.apply(request);
    Denial denial = role == null ? null : authority.denial(request, role);
    if (denial == null) {
      next.handle(request);
    } else {
      denied.accept(request, denial);
      if (isGrpc(request)) {
        refuseGrpc(request, denial);
      } else {
        refuse(request.response(), denial);
      }
    }
  }

  /**
   * Returns a handler that guards an operators' route. A router matches several spellings of a
   * path, so each such route checks for itself.
   */
  static Handler<RoutingContext> operatorsOnly(
      Authority authority, BiConsumer<HttpServerRequest, Denial> denied) {
    return call -> {
      Denial denial = authority.denial(call.request(), Role.ADMIN);
      if (denial == null) {
        call.next();
      } else {
        denied.accept(call.request(), denial);
        refuse(call.response(), denial);
      }
    };
  }

  private static boolean isGrpc(HttpServerRequest request) {
    String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
    return type != null && type.startsWith(GRPC);
  }

  private static void refuseGrpc(HttpServerRequest request, Denial denial) {
    request
        .response()
        .putHeader(HttpHeaders.CONTENT_TYPE, GRPC)
        .putHeader("grpc-status", Integer.toString(denial.status().code))
        .putHeader("grpc-message", denial.message())
        .end()
        .onSuccess(nothing -> stopReading(request))
        .onFailure(Gatekeeper::unsent);
  }

  private static void stopReading(HttpServerRequest request) {
    if (!request.isEnded()) {
      request.response().reset(CANCEL);
    }
  }

  private static void refuse(HttpServerResponse http, Denial denial) {
    if (denial.httpStatus() == UNAUTHORIZED) {
      http.putHeader("WWW-Authenticate", "Bearer");
    }
    http.setStatusCode(denial.httpStatus())
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
        .end(new JsonObject().put("error", denial.message()).toBuffer())
        .onFailure(Gatekeeper::unsent);
  }

  private static void unsent(Throwable failure) {
    LOGGER.debug("The caller left before the answer was sent", failure);
  }
}
