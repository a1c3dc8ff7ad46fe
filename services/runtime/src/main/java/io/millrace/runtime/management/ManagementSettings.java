package io.millrace.runtime.management;

import io.millrace.runtime.access.AccessSettings;
import io.millrace.runtime.http.Endpoint;
import io.millrace.runtime.http.HttpLimits;
import io.millrace.runtime.http.TlsSettings;
import io.millrace.runtime.http.Transport;
import io.millrace.settings.Section;
import io.vertx.core.http.ClientAuth;

/**
 * The port that operators look at, and who may ask there.
 *
 * @param transport how it is reached
 * @param access who may ask more than whether the process lives and is ready
 */
public record ManagementSettings(Transport transport, AccessSettings access) {

  /**
   * Reads a section {@code management}. Certificates are asked for and never required: those who
   * probe a process have none.
   */
  public static ManagementSettings read(Section section, int defaultPort) {
    Transport transport =
        new Transport(
            Endpoint.read(section, defaultPort),
            1,
            HttpLimits.read(section),
            TlsSettings.read(section.section("tls"), ClientAuth.REQUEST));
    return new ManagementSettings(
        transport, AccessSettings.read(section.section("authentication"), transport.clientAuth()));
  }

  /** Returns a port in clear, where anyone may ask all there is. */
  public static ManagementSettings plain(Endpoint endpoint) {
    return new ManagementSettings(
        Transport.plain(endpoint), AccessSettings.none(endpoint.section()));
  }

  /** Returns whether nobody can command whom nobody knows. */
  public boolean isSafeForCommands() {
    return transport.endpoint().isLoopback() || access.knowsOperators();
  }
}
