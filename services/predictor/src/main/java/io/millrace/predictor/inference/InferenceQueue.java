package io.millrace.predictor.inference;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * The calls that wait for the inference thread, bounded by their rows, so that what waits is
 * bounded in memory and in time however many rows a call has.
 *
 * <p>Event loops offer, the inference thread takes; neither holds the lock longer than a few steps.
 */
public final class InferenceQueue {
  private static final int SHADOW_BATCHES = 4;

  private final QueueSettings settings;

  /** By priority, the first to be taken first. */
  private final List<ArrayDeque<PendingCall>> levels = new ArrayList<>();

  /** What nobody waits for: taken when nothing else is there, at most a few batches of it. */
  private final ArrayDeque<PendingCall> shadows = new ArrayDeque<>();

  private int shadowRows;
  private int waitingCalls;
  private int waitingRows;
  private boolean closed;

  public InferenceQueue(QueueSettings settings) {
    this.settings = settings;
    for (int level = 0; level < settings.priorityLevels(); level++) {
      levels.add(new ArrayDeque<>());
    }
  }

  /**
   * Lets a call wait, unless the queue is full or closed. Into an empty queue every call fits.
   *
   * @return whether it waits now
   */
  synchronized boolean offer(PendingCall call) {
    int rows = call.call().rows();
    if (call.caller().isShadow()) {
      return offerShadow(call, rows);
    }
    if (closed || (waitingRows > 0 && waitingRows + rows > settings.capacityRows())) {
      return false;
    }
    levels.get(settings.level(call.call().scheduling().priority()) - 1).add(call);
    waitingRows += rows;
    added();
    return true;
  }

  private boolean offerShadow(PendingCall call, int rows) {
    if (closed || shadowRows + rows > SHADOW_BATCHES * settings.maxBatch()) {
      return false;
    }
    shadows.add(call);
    shadowRows += rows;
    added();
    return true;
  }

  private void added() {
    if (waitingCalls++ == 0) {
      notifyAll(); // the taker sleeps only while nothing waits
    }
  }

  /**
   * Moves what is waiting to {@code taken}, by priority and then oldest first: at least one call,
   * and beyond it no more than the largest batch has rows. Waits for the first one, unless the
   * queue is closed.
   *
   * @param taken empty
   */
  synchronized void take(List<PendingCall> taken) {
    awaitFirst();
    int room = settings.maxBatch();
    for (int level = 0; level < levels.size() && room > 0; level++) {
      room = take(taken, levels.get(level), room);
    }
    waitingRows -= rowsOf(taken);
    if (taken.isEmpty()) {
      take(taken, shadows, settings.maxBatch());
      shadowRows -= rowsOf(taken);
    }
  }

  /** Returns how many rows wait, for the metrics. */
  synchronized int waitingRows() {
    return waitingRows;
  }

  /** Lets nobody in any more; what waits is still taken. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }

  /** Returns the room that is left; none where the next call did not fit. */
  private int take(List<PendingCall> taken, ArrayDeque<PendingCall> waiting, int room) {
    int left = room;
    while (!waiting.isEmpty()) {
      int rows = waiting.element().call().rows();
      if (!taken.isEmpty() && rows > left) {
        return 0;
      }
      taken.add(waiting.remove());
      waitingCalls--;
      left -= rows;
    }
    return left;
  }

  private static int rowsOf(List<PendingCall> calls) {
    int rows = 0;
    for (PendingCall call : calls) {
      rows += call.call().rows();
    }
    return rows;
  }

  private void awaitFirst() {
    try {
      while (waitingCalls == 0 && !closed) {
        wait();
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts the inference thread", e);
    }
  }
}
