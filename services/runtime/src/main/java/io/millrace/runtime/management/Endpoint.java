package io.millrace.runtime.management;

import io.millrace.settings.Section;

/**
 * An address to listen on.
 *
 * @param section the settings section that it was read from, for messages
 * @param host a name or an address of this machine; {@code 0.0.0.0} for all of them
 * @param port 0 takes any free one
 */
public record Endpoint(String section, String host, int port) {

  /** Reads the options {@code host} and {@code port}. */
  public static Endpoint read(Section section, int defaultPort) {
    return new Endpoint(
        section.path(),
        section.text("host", "Where to listen; 0.0.0.0 for every address.").orElse("127.0.0.1"),
        section
            .integer("port", "The port to listen on; 0 takes any free one.")
            .atLeast(0)
            .atMost(65_535)
            .orElse(defaultPort));
  }
}
