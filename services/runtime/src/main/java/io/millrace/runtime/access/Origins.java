package io.millrace.runtime.access;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The header {@code Origin}, by which a browser names the site whose page sends a request. A
 * browser sends certificates, and reaches this machine, for the pages of strangers, too.
 */
final class Origins {
  private Origins() {}

  /** Returns the denial of a request by the page of another site than it is sent to; else null. */
  static @Nullable Denial denial(HttpServerRequest request) {
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    return origin == null || isOf(request.authority(), origin)
        ? null
        : Denial.forbidden("the page of another site may not do this");
  }

  private static boolean isOf(@Nullable HostAndPort host, String origin) {
    try {
      URI site = URI.create(origin);
      return host != null
          && host.host().equalsIgnoreCase(site.getHost())
          && port(host.port(), site) == port(site.getPort(), site);
    } catch (IllegalArgumentException e) { // "null" is a URI without a host; this is none
      return false;
    }
  }

  private static int port(int given, URI site) {
    if (given >= 0) {
      return given;
    }
    return "https".equalsIgnoreCase(site.getScheme()) ? 443 : 80;
  }
}
