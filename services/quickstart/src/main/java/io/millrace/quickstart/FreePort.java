package io.millrace.quickstart;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds a port for a program that listens later, or stops and listens again.
 *
 * <p>The system gives outgoing connections ports from 32768 on (Linux) or 49152 on (others). Such a
 * port can be taken by any connection until the program listens, even by that of a client that
 * tries to reach it. So the ports below are drawn from.
 */
public final class FreePort {
  private static final int LEAST = 10_000;
  private static final int MOST = 32_767;
  private static final int ATTEMPTS = 100;

  private FreePort() {}

  /** Returns a port that nobody listens on now. */
  public static int find() {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(LEAST, MOST + 1);
      if (isFree(port)) {
        return port;
      }
    }
    throw new IllegalStateException(
        "none of %d ports between %d and %d is free".formatted(ATTEMPTS, LEAST, MOST));
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port)) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
