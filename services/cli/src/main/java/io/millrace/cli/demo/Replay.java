package io.millrace.cli.demo;

import io.millrace.cli.produce.Pace;
import io.millrace.cli.produce.RowEncoder;
import io.millrace.cli.produce.TopicWriter;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Replays the letters into the topic on its own thread. {@link #produced} is safe for any thread.
 */
final class Replay implements AutoCloseable {
  private final LetterStream stream;
  private final RowEncoder encoder;
  private final TopicWriter writer;
  private final Pace pace;
  private final Thread thread = new Thread(this::run, "millrace-replay");
  private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();

  Replay(LetterStream stream, RowEncoder encoder, TopicWriter writer, Pace pace) {
    this.stream = stream;
    this.encoder = encoder;
    this.writer = writer;
    this.pace = pace;
  }

  void start() {
    thread.start();
  }

  /**
   * Returns how many records the broker has acknowledged.
   *
   * @throws RuntimeException if the replay has failed
   */
  long produced() {
    RuntimeException cause = failure.get();
    if (cause != null) {
      throw cause;
    }
    return writer.acknowledged();
  }

  /** Stops the replay and waits for its thread. */
  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    writer.close();
  }

  /** Returns the key of a row's records. */
  static String key(int row) {
    return String.valueOf(row + 1);
  }

  private void run() {
    try {
      for (long record = 0; record < stream.records() && !Thread.interrupted(); record++) {
        pace.await();
        writer.write(key(stream.rowOf(record)), encoder.encode(stream.cells(record)));
      }
      writer.flush();
    } catch (RuntimeException e) { // the watching thread reports it
      failure.set(e);
    }
  }
}
