package io.millrace.cli.tryout;

import io.millrace.cli.embedded.Replay;
import io.millrace.cli.invocation.Configuration;
import io.millrace.cli.produce.RowEncoder;
import io.millrace.cli.tables.Table;
import io.millrace.cli.tables.TableRow;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * The rows of a file, again and again, a little ahead of the trainer. A row keeps its key.
 *
 * <p>Owned by the replay's thread, except for {@link #stop}, which is safe for any.
 */
final class Passes implements Replay.Source {
  private static final long WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long LEAST_AHEAD = 50_000;

  private final Path file;
  private final Configuration configuration;
  private final int most;
  private final long mostAhead;
  private final LongSupplier consumed;
  private volatile boolean stopped;
  private long sent;

  /**
   * @param rows how many the file has
   * @param most how many passes, at most
   * @param consumed how many records the trainer has consumed
   */
  Passes(Path file, Configuration configuration, long rows, int most, LongSupplier consumed) {
    this.file = file;
    this.configuration = configuration;
    this.most = most;
    this.mostAhead = Math.max(LEAST_AHEAD, 2 * rows);
    this.consumed = consumed;
  }

  /** Ends the passes before the next row. */
  void stop() {
    stopped = true;
  }

  @Override
  public void sendTo(Replay.Sink sink) {
    boolean goesOn = true;
    for (int pass = 0; pass < most && goesOn; pass++) {
      goesOn = sendOnce(sink);
    }
  }

  private boolean sendOnce(Replay.Sink sink) {
    try (Table table = Table.open(file, configuration.file())) {
      RowEncoder encoder = RowEncoder.json(configuration.definition(), table.columns());
      boolean goesOn = true;
      for (long row = 1; table.hasNext() && goesOn; row++) {
        TableRow next = table.next();
        if (next.isUsable()) {
          await();
          goesOn = !stopped && sink.send(Rows.key(row), encoder.encode(next.cells()));
          sent++;
        }
      }
      return goesOn;
    }
  }

  private void await() {
    while (sent - consumed.getAsLong() > mostAhead
        && !stopped
        && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(WAIT_NANOS);
    }
  }
}
