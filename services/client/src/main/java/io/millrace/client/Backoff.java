package io.millrace.client;

import java.util.concurrent.ThreadLocalRandom;

/**
 * The wait before the next attempt: growing, and spread so that callers do not retry at once.
 *
 * <p>After gRPC's connection back-off [1], with a shorter first wait, because a predictor is
 * unavailable for a second or two, not for minutes.
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
   * Returns the wait after failed rounds, in milliseconds.
   *
   * @param rounds how often every address has failed, at least 1
   */
  static long millis(int rounds) {
    double wait = Math.min(LONGEST_MILLIS, FIRST_MILLIS * Math.pow(MULTIPLIER, rounds - 1));
    return Math.round(wait * (1 + ThreadLocalRandom.current().nextDouble(-JITTER, JITTER)));
  }
}
