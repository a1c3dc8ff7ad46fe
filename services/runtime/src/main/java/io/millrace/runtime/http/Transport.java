package io.millrace.runtime.http;

import io.vertx.core.http.ClientAuth;
import java.util.Optional;

/**
 * How an HTTP server is reached.
 *
 * @param eventLoops how many threads read requests and write answers
 * @param tls none where requests come in clear
 */
public record Transport(
    Endpoint endpoint, int eventLoops, HttpLimits limits, Optional<TlsSettings> tls) {

  /** Returns one thread without TLS, with the usual limits. */
  public static Transport plain(Endpoint endpoint) {
    return new Transport(endpoint, 1, HttpLimits.DEFAULT, Optional.empty());
  }

  /** Returns whether callers show certificates. */
  public ClientAuth clientAuth() {
    return tls.map(TlsSettings::clientAuth).orElse(ClientAuth.NONE);
  }
}
