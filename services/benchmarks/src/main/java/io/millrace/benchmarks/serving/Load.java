package io.millrace.benchmarks.serving;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Calls one server over several connections. Driven by one thread. */
final class Load implements AutoCloseable {
  private static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long TICK_NANOS = 100_000;

  private final List<Http2Connection> connections = new ArrayList<>();
  private final Answers answers;
  private volatile @Nullable Measured measured;
  private long unsent;

  Load(Target target, int connectionCount, Answers answers) throws IOException {
    this.answers = answers;
    for (int i = 0; i < connectionCount; i++) {
      int connection = i;
      connections.add(
          new Http2Connection(
              target.port(),
              target.path(),
              target.message(),
              (status, nanos, message) -> ended(connection, status, nanos, message)));
    }
  }

  Load(Target target, int connectionCount) throws IOException {
    this(target, connectionCount, (connection, message) -> {});
  }

  /** Closed loop: keeps {@code underWay} calls in flight on each connection for a while. */
  Measured closed(int underWay, double seconds) throws IOException, InterruptedException {
    Measured counts = new Measured();
    measured = counts;
    for (Http2Connection connection : connections) {
      connection.repeat(true);
      connection.send(underWay, System.nanoTime());
    }
    Thread.sleep((long) (seconds * 1000));
    counts.end();
    measured = null;
    connections.forEach(connection -> connection.repeat(false));
    drain();
    return counts;
  }

  /**
   * Open loop: sends calls at a fixed rate for a while, regardless of the answers. A latency is
   * measured from the time the call was due.
   */
  Measured paced(double perSecond, double seconds) throws IOException {
    Measured counts = new Measured();
    measured = counts;
    long start = System.nanoTime();
    long total = (long) (perSecond * seconds);
    unsent = 0;
    for (long sent = 0; sent < total; ) {
      long now = System.nanoTime();
      long due = Math.min(total, (long) ((now - start) * perSecond / 1e9) + 1);
      for (; sent < due; sent++) {
        Http2Connection connection = connections.get((int) (sent % connections.size()));
        unsent += 1 - connection.send(1, start + (long) (sent * 1e9 / perSecond));
      }
      LockSupport.parkNanos(TICK_NANOS);
    }
    counts.end();
    drain();
    measured = null;
    return counts;
  }

  /**
   * Returns how many calls of the last {@link #paced} were not sent because of the server's limits.
   */
  long unsent() {
    return unsent;
  }

  @Override
  public void close() throws IOException {
    for (Http2Connection connection : connections) {
      connection.close();
    }
  }

  private void ended(int connection, int status, long nanos, byte[] message) {
    Measured counts = measured;
    if (counts != null) {
      counts.count(status, nanos);
    }
    if (status == 0) {
      answers.came(connection, message);
    }
  }

  private void drain() {
    long end = System.nanoTime() + DRAIN_NANOS;
    while (System.nanoTime() < end
        && connections.stream().anyMatch(connection -> connection.underWay() > 0)) {
      LockSupport.parkNanos(TICK_NANOS);
    }
  }

  /** Receives the answers, on the threads that read them. */
  @FunctionalInterface
  interface Answers {
    void came(int connection, byte[] message);
  }

  /**
   * The call to make.
   *
   * @param path the path of the method
   * @param message the request
   */
  record Target(int port, String path, byte[] message) {}
}
