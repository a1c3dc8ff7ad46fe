package io.millrace.predictor.answering;

import java.util.ArrayDeque;
import java.util.List;

/**
 * The calls that wait for the inference thread, bounded by their rows, so that what waits is
 * bounded in memory and in time however many rows a call has.
 *
 * <p>Event loops offer, the inference thread takes; neither holds the lock longer than a few steps.
 */
final class InferenceQueue {
  private final int capacityRows;
  private final ArrayDeque<PendingCall> waiting = new ArrayDeque<>();
  private int waitingRows;
  private boolean closed;

  InferenceQueue(int capacityRows) {
    this.capacityRows = capacityRows;
  }

  /**
   * Lets a call wait, unless the queue is full or closed. Into an empty queue every call fits.
   *
   * @return whether it waits now
   */
  synchronized boolean offer(PendingCall call) {
    int rows = call.call().rows();
    if (closed || (waitingRows > 0 && waitingRows + rows > capacityRows)) {
      return false;
    }
    waiting.add(call);
    waitingRows += rows;
    if (waiting.size() == 1) {
      notifyAll(); // the taker sleeps only while nothing waits
    }
    return true;
  }

  /**
   * Moves what is waiting to {@code taken}, oldest first: at least one call, and beyond it no more
   * than {@code maxRows} rows. Waits for the first one, unless the queue is closed.
   */
  synchronized void take(List<PendingCall> taken, int maxRows) {
    awaitFirst();
    int rows = 0;
    while (!waiting.isEmpty() && (rows == 0 || rows + rowsOfNext() <= maxRows)) {
      rows += rowsOfNext();
      taken.add(waiting.remove());
    }
    waitingRows -= rows;
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

  private int rowsOfNext() {
    return waiting.element().call().rows();
  }

  private void awaitFirst() {
    try {
      while (waiting.isEmpty() && !closed) {
        wait();
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts the inference thread", e);
    }
  }
}
