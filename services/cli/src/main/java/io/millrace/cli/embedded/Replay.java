package io.millrace.cli.embedded;

import io.millrace.cli.produce.EncodedRow;
import io.millrace.cli.produce.TopicWriter;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Sends records to the topic on its own thread. {@link #produced} and {@link #isDone} are safe for
 * any thread.
 */
public final class Replay implements AutoCloseable {
  private final Source source;
  private final TopicWriter writer;
  private final Thread thread = new Thread(this::run, "millrace-replay");
  private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
  private volatile boolean done;

  /** The records. */
  @FunctionalInterface
  public interface Source {
    /** Hands every record on, in order. Called once, on the replay's thread. */
    void sendTo(Sink sink);
  }

  /** Where records are handed on to. */
  @FunctionalInterface
  public interface Sink {
    /** Sends a record. Returns whether another one may follow. */
    boolean send(String key, EncodedRow row);
  }

  /**
   * @param writer closed with the replay
   */
  public Replay(Source source, TopicWriter writer) {
    this.source = source;
    this.writer = writer;
  }

  public void start() {
    thread.start();
  }

  /**
   * Returns how many records the broker has acknowledged.
   *
   * @throws RuntimeException if the replay has failed
   */
  public long produced() {
    RuntimeException cause = failure.get();
    if (cause != null) {
      throw cause;
    }
    return writer.acknowledged();
  }

  /** Returns whether all records of the source are acknowledged. */
  public boolean isDone() {
    return done;
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

  private void run() {
    try {
      source.sendTo(this::send);
      writer.flush();
      done = true;
    } catch (RuntimeException e) { // the watching thread reports it
      failure.set(e);
    }
  }

  private boolean send(String key, EncodedRow row) {
    writer.write(key, row);
    return !Thread.currentThread().isInterrupted();
  }
}
