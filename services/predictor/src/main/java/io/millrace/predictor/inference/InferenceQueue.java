package io.millrace.predictor.inference;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * The calls that wait for the inference thread. The limit is in rows, so that memory and waiting
 * time are bounded whatever the size of a call.
 *
 * <p>Event loops add calls, and the inference thread takes them. Each holds the lock only for a few
 * steps.
 */
public final class InferenceQueue {
  private static final int SHADOW_BATCHES = 4;

  private final QueueSettings settings;

  /** One queue per priority level, the level that is taken first in front. */
  private final List<ArrayDeque<PendingCall>> levels = new ArrayList<>();

  /**
   * Shadow calls. They are taken only when no other call waits, and only a few batches may wait.
   */
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
   * Adds a call unless the queue is full or closed. An empty queue takes a call of any size.
   *
   * @return whether the call was added
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
      notifyAll(); // the taker sleeps only while the queue is empty
    }
  }

  /**
   * Moves calls to {@code taken}, by priority, then oldest first. It takes at least one call, and
   * further ones while their rows fit the largest batch. Blocks until a call arrives or the queue
   * is closed.
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

  /** Returns the number of waiting rows. */
  synchronized int waitingRows() {
    return waitingRows;
  }

  int capacityRows() {
    return settings.capacityRows();
  }

  /** Closes the queue to new calls; waiting calls can still be taken. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }

  /** Returns the room that is left; 0 if the next call does not fit. */
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
