package io.millrace.cli.tryout;

import io.millrace.cli.embedded.Replay;
import io.millrace.cli.invocation.Configuration;
import io.millrace.cli.produce.EncodedRow;
import io.millrace.cli.produce.RowEncoder;
import io.millrace.cli.tables.Table;
import io.millrace.cli.tables.TableRow;
import java.nio.file.Path;
import java.util.List;
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
  private final Rows rows;
  private final int most;
  private final long mostAhead;
  private final LongSupplier consumed;
  private volatile boolean stopped;
  private long sent;

  /**
   * @param rows the file's rows, as they were read before
   * @param most how many passes, at most
   * @param consumed how many records the trainer has consumed
   */
  Passes(Path file, Configuration configuration, Rows rows, int most, LongSupplier consumed) {
    this.file = file;
    this.configuration = configuration;
    this.rows = rows;
    this.most = most;
    this.mostAhead = Math.max(LEAST_AHEAD, 2 * rows.sent());
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
      // Rows that cannot be used become dead letters once.
      goesOn = pass > 0 && rows.areKept() ? sendKept(sink) : sendFile(sink);
    }
  }

  private boolean sendKept(Replay.Sink sink) {
    boolean goesOn = true;
    for (int i = 0; i < rows.kept().size() && goesOn; i++) {
      Example example = rows.kept().get(i);
      goesOn = send(sink, example.key(), new EncodedRow(example.value(), List.of()));
    }
    return goesOn;
  }

  private boolean sendFile(Replay.Sink sink) {
    try (Table table = Table.open(file, configuration.file())) {
      RowEncoder encoder = RowEncoder.json(configuration.definition(), table.columns());
      boolean goesOn = true;
      for (long row = 1; table.hasNext() && goesOn; row++) {
        TableRow next = table.next();
        if (next.isUsable()) {
          goesOn = send(sink, Rows.key(row), encoder.encode(next.cells()));
        }
      }
      return goesOn;
    }
  }

  private boolean send(Replay.Sink sink, String key, EncodedRow row) {
    await();
    sent++;
    return !stopped && sink.send(key, row);
  }

  private void await() {
    while (sent - consumed.getAsLong() > mostAhead
        && !stopped
        && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(WAIT_NANOS);
    }
  }
}
