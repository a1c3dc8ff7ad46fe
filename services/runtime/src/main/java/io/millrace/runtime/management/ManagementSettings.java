package io.millrace.runtime.management;

import io.millrace.runtime.access.AccessSettings;
import io.millrace.runtime.http.Endpoint;
import io.millrace.runtime.http.HttpLimits;
import io.millrace.runtime.http.TlsSettings;
import io.millrace.runtime.http.Transport;
import io.millrace.settings.Section;
import io.vertx.core.http.ClientAuth;
import java.util.Optional;

/**
 * The port for operators, and who may use it.
 *
 * @param transport how it is reached
 * @param access who may call more than the probes
 */
public record ManagementSettings(Transport transport, AccessSettings access) {

  /**
   * Reads a section {@code management}. Certificates are requested but never required, because
   * probes have none.
   */
  public static ManagementSettings read(Section section, int defaultPort) {
    return read(section, Endpoint.read(section, defaultPort));
  }

  /** Reads the same options; empty without a port. */
  public static Optional<ManagementSettings> readOptional(Section section) {
    Optional<Endpoint> endpoint = Endpoint.readOptional(section);
    ManagementSettings settings =
        read(section, endpoint.orElse(new Endpoint(section.path(), "", 0)));
    return endpoint.map(given -> settings);
  }

  private static ManagementSettings read(Section section, Endpoint endpoint) {
    Transport transport =
        new Transport(
            endpoint,
            1,
            HttpLimits.read(section),
            TlsSettings.read(section.section("tls"), ClientAuth.REQUEST));
    return new ManagementSettings(
        transport, AccessSettings.read(section.section("authentication"), transport.clientAuth()));
  }

  /** Returns whether no unknown caller can send commands. */
  public boolean isSafeForCommands() {
    return transport.endpoint().isLoopback() || access.knowsOperators();
  }
}
