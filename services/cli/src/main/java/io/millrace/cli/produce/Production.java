package io.millrace.cli.produce;

import io.millrace.cli.failures.CommandFailedException;
import io.millrace.cli.tables.Table;
import io.millrace.cli.tables.TableRow;
import io.millrace.cli.terminal.LiveDisplay;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Sends rows to a topic, such as those of a CSV file, pass after pass, and shows the progress.
 * Confined to one thread.
 */
public final class Production {
  private static final long SHOW_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final long PLAIN_EVERY_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final TopicWriter writer;
  private final Pace pace;
  private final LiveDisplay display;
  private final long begin = System.nanoTime();
  private long lastShown = begin;
  private long rows;
  private long rowsWithProblems;
  private RowProblems problems = new RowProblems(List.of(), List.of());

  public Production(TopicWriter writer, Pace pace, LiveDisplay display) {
    this.writer = writer;
    this.pace = pace;
    this.display = display;
  }

  /**
   * Sends every row of the table once. Rows are numbered from 1.
   *
   * @param labels the columns without which the trainer has no use for a row
   * @param ends whether no further row is to be sent; asked before each
   */
  public void pass(Table table, RowEncoder encoder, List<String> labels, BooleanSupplier ends) {
    problems = new RowProblems(table.columns(), labels);
    for (long number = 1; table.hasNext() && !ends.getAsBoolean(); number++) {
      TableRow row = table.next();
      problems.add(row);
      if (row.isUsable()) {
        send(number, encoder.encode(row.cells()));
      }
    }
  }

  /** Returns how many rows were sent. */
  public long rows() {
    return rows;
  }

  /** Sends one row when it is due. */
  public void send(long row, EncodedRow encoded) {
    pace.await();
    writer.write(String.valueOf(row), encoded);
    rows++;
    if (!encoded.problems().isEmpty()) {
      rowsWithProblems++;
    }
    long now = System.nanoTime();
    if (now - lastShown > (display.isTerminal() ? SHOW_EVERY_NANOS : PLAIN_EVERY_NANOS)) {
      lastShown = now;
      String line = rows + " records sent" + speed();
      display.show(List.of(line), line);
    }
  }

  /**
   * Waits until the broker has acknowledged all rows, and prints their number.
   *
   * @throws CommandFailedException if some were not acknowledged
   */
  public void finish(String topic) {
    writer.flush();
    if (writer.acknowledged() != rows) {
      throw new CommandFailedException(
          "%d rows sent, but only %d acknowledged".formatted(rows, writer.acknowledged()));
    }
    String rejected =
        rowsWithProblems == 0
            ? ""
            : "; %d of them the trainer will reject: each names its reason in the header %s"
                .formatted(rowsWithProblems, TopicWriter.PROBLEM_HEADER);
    display.print(List.of("produced " + rows + " records to " + topic + speed() + rejected));
    display.print(problems.lines());
  }

  private String speed() {
    double seconds = Math.max(1e-3, (System.nanoTime() - begin) / 1e9);
    return String.format(Locale.ROOT, " in %.1f s (%.0f/s)", seconds, rows / seconds);
  }
}
