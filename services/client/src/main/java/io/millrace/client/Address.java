package io.millrace.client;

/** The address of a predictor. */
public record Address(String host, int port) {
  public Address {
    if (host.isBlank()) {
      throw new IllegalArgumentException("host is blank; allowed: a name or an IP address");
    }
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("port is " + port + "; allowed: 1 to 65535");
    }
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
