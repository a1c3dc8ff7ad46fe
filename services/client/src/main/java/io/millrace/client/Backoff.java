package io.millrace.client;

import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait before asking again: longer every time, and not all callers at once.
 *
 * <p>After the connection back-off of gRPC [1], with a shorter first wait: a predictor is away for
 * a second or two, not for minutes.
 *
 * <p>[1] gRPC Connection Backoff Protocol, grpc/doc/connection-backoff.md.
 */
final class Backoff {
  private static final double FIRST_MILLIS = 50;
  private static final double MULTIPLIER = 1.6;
  private static final double LONGEST_MILLIS = 1000;
  private static final double JITTER = 0.2;

  private Backoff() {}

  /**
   * Returns the wait after so many failed rounds.
   *
   * @param rounds how often every address was asked in vain, at least 1
   */
  static long millis(int rounds) {
    double wait = Math.min(LONGEST_MILLIS, FIRST_MILLIS * Math.pow(MULTIPLIER, rounds - 1));
    return Math.round(wait * (1 + ThreadLocalRandom.current().nextDouble(-JITTER, JITTER)));
  }
}
