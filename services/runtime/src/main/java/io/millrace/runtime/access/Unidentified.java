package io.millrace.runtime.access;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Callers of an operators' port that asks for no names. Everybody may read. Only on a port that
 * this machine alone reaches, everybody may do everything.
 *
 * <p>A browser on this machine reaches such a port, too, and runs the pages of strangers. So a
 * request for {@link Role#ADMIN} has to name this machine as its host, since the name of a stranger
 * may resolve to it (DNS rebinding), and its origin, if it has one, has to be this port.
 */
final class Unidentified implements Authority {
  private static final Pattern THIS_MACHINE =
      Pattern.compile(
          "localhost|127(\\.\\d{1,3}){3}|::1|\\[::1]|\\[?0:0:0:0:0:0:0:1]?",
          Pattern.CASE_INSENSITIVE);

  private final boolean isLoopback;

  /**
   * @param isLoopback whether only this machine reaches the port
   */
  Unidentified(boolean isLoopback) {
    this.isLoopback = isLoopback;
  }

  @Override
  public @Nullable Denial denial(HttpServerRequest request, Role needed) {
    if (Role.INFER.covers(needed)) {
      return null;
    }
    if (!isLoopback) {
      return Denial.forbidden(
          "this port asks nobody who he is, so it only answers questions; section"
              + " authentication of its settings allows more");
    }
    HostAndPort host = request.authority();
    if (host == null || !THIS_MACHINE.matcher(host.host()).matches()) {
      return Denial.forbidden("without authentication, the Host has to be localhost");
    }
    return Origins.denial(request);
  }

  @Override
  public String caller(MultiMap headers, HttpConnection connection) {
    return "anyone";
  }
}
