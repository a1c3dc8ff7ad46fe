package io.millrace.runtime.http;

import io.vertx.core.http.ClientAuth;
import java.util.Optional;

/**
 * How an HTTP server is reached.
 *
 * @param eventLoops the number of threads that read requests and write answers
 * @param tls empty for plain HTTP
 */
public record Transport(
    Endpoint endpoint, int eventLoops, HttpLimits limits, Optional<TlsSettings> tls) {

  /** Returns a transport with one thread, default limits and no TLS. */
  public static Transport plain(Endpoint endpoint) {
    return new Transport(endpoint, 1, HttpLimits.DEFAULT, Optional.empty());
  }

  /** Returns whether callers present certificates. */
  public ClientAuth clientAuth() {
    return tls.map(TlsSettings::clientAuth).orElse(ClientAuth.NONE);
  }
}
