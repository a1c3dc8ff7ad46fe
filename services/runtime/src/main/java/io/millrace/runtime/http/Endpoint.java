package io.millrace.runtime.http;

import io.millrace.settings.Option;
import io.millrace.settings.Section;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An address to listen on.
 *
 * @param section the settings section that was read, for messages
 * @param host a name or an address of this machine; {@code 0.0.0.0} for all addresses
 * @param port 0 for any free port
 */
public record Endpoint(String section, String host, int port) {
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.\\d{1,3}){3}|::1", Pattern.CASE_INSENSITIVE);

  /** Reads the options {@code host} and {@code port}. */
  public static Endpoint read(Section section, int defaultPort) {
    return new Endpoint(section.path(), host(section), port(section).orElse(defaultPort));
  }

  /** Reads the same options; empty without a port. */
  public static Optional<Endpoint> readOptional(Section section) {
    String host = host(section);
    return port(section).optional().map(port -> new Endpoint(section.path(), host, port));
  }

  /** Returns whether only this machine can reach the address. */
  public boolean isLoopback() {
    return LOOPBACK.matcher(host).matches();
  }

  private static String host(Section section) {
    return section
        .text("host", "Address to listen on; 0.0.0.0 for every address.")
        .orElse("127.0.0.1");
  }

  private static Option<Integer> port(Section section) {
    return section
        .integer("port", "The port to listen on; 0 takes any free one.")
        .atLeast(0)
        .atMost(65_535);
  }
}
