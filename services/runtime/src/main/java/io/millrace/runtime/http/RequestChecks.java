package io.millrace.runtime.http;

import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.internal.http.HttpServerRequestInternal;
import io.vertx.core.internal.http.HttpServerRequestWrapper;
import io.vertx.core.net.HostAndPort;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The requirements of RFC 9110 and 9112 for every request: one Host (9112, 3.2), no expectation but
 * 100-continue (9110, 10.1.1), and HEAD wherever there is GET (9110, 9.3.2). Exceptions of later
 * handlers are answered too.
 */
public final class RequestChecks implements Handler<HttpServerRequest> {
  private final Handler<HttpServerRequest> next;
  private final Consumer<Throwable> failures;

  /**
   * @param next handles valid requests; it sees HEAD as GET
   * @param failures receives unforeseen failures
   */
  public RequestChecks(Handler<HttpServerRequest> next, Consumer<Throwable> failures) {
    this.next = next;
    this.failures = failures;
  }

  @Override
  public void handle(HttpServerRequest request) {
    HttpProblem problem = problem(request);
    HttpServerRequest seen = isAsExpected(request) ? request : new SeenRequest(request);
    if (problem != null) {
      problem.answer(seen.response());
      return;
    }
    try {
      next.handle(seen);
    } catch (RuntimeException e) { // the caller must learn of the failure
      failures.accept(e);
      HttpProblem.internal().answer(seen.response());
    }
  }

  /** Answers a request that Netty could not parse, and ends the connection. */
  public static void refuseUnreadable(HttpServerRequest request) {
    request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    unreadable(request.decoderResult().cause()).answer(request.response());
  }

  private static HttpProblem unreadable(Throwable cause) {
    if (cause instanceof TooLongHttpLineException) {
      return new HttpProblem(HttpProblem.URI_TOO_LONG, "the request line is too long");
    }
    return cause instanceof TooLongHttpHeaderException || cause instanceof TooLongFrameException
        ? new HttpProblem(
            HttpProblem.HEADER_TOO_LARGE, "the header is larger than max_header_bytes")
        : new HttpProblem(HttpProblem.BAD_REQUEST, "this is no request of HTTP/1.1");
  }

  private static @Nullable HttpProblem problem(HttpServerRequest request) {
    int hosts = request.headers().getAll(HttpHeaders.HOST).size();
    boolean isNeeded = request.version() != HttpVersion.HTTP_1_0;
    if (hosts > 1 || (isNeeded && request.authority() == null)) {
      return new HttpProblem(
          HttpProblem.BAD_REQUEST,
          "the request has no Host that can be read, or more than one; expected one");
    }
    if (request.path() == null) {
      return new HttpProblem(HttpProblem.BAD_REQUEST, "the request has no path");
    }
    String expectation = request.getHeader(HttpHeaders.EXPECT);
    return expectation == null || expectation.equalsIgnoreCase("100-continue")
        ? null
        : new HttpProblem(
            HttpProblem.EXPECTATION_FAILED, "the only expectation that is met is 100-continue");
  }

  private static boolean isAsExpected(HttpServerRequest request) {
    return !request.method().equals(HttpMethod.HEAD) && request.authority() != null;
  }

  /**
   * A request as later handlers see it: GET instead of HEAD, whose answer is sent without its body;
   * and a host, which HTTP/1.0 may lack.
   */
  private static final class SeenRequest extends HttpServerRequestWrapper {
    private static final HostAndPort NOWHERE = HostAndPort.create("localhost", -1);

    private final HttpServerResponse response;

    SeenRequest(HttpServerRequest request) {
      super((HttpServerRequestInternal) request);
      boolean isBodySent =
          request.version() != HttpVersion.HTTP_2 || !request.method().equals(HttpMethod.HEAD);
      response = isBodySent ? request.response() : BodilessResponse.of(request.response());
    }

    @Override
    public HttpServerResponse response() {
      return response;
    }

    @Override
    public HttpMethod method() {
      return super.method().equals(HttpMethod.HEAD) ? HttpMethod.GET : super.method();
    }

    @Override
    public HostAndPort authority() {
      HostAndPort authority = super.authority();
      return authority == null ? NOWHERE : authority;
    }
  }
}
