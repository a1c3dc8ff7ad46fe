package io.millrace.cli.steering;

import io.millrace.runtime.http.Endpoint;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Tells whether anything listens on a trainer's management port. */
final class TrainerPort {
  private static final int PATIENCE_MILLIS = 500;

  private TrainerPort() {}

  /** Returns whether the port takes connections. A trainer elsewhere may listen unseen. */
  static boolean isOpen(Endpoint management) {
    if (management.port() == 0) {
      return false;
    }
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(management.host(), management.port()), PATIENCE_MILLIS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
