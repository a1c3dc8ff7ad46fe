package io.millrace.predictor.inference;

import io.millrace.predictor.requests.Refusal;
import io.millrace.runtime.lifecycle.Work;
import io.vertx.core.Context;
import java.util.ArrayList;
import java.util.List;

/**
 * The work of the inference thread: it takes the waiting calls, runs them through the network
 * together, and returns the answers with one task per event loop.
 *
 * <p>It never waits for a batch to fill. A single call runs at once. Under load, calls gather while
 * earlier ones are inferred, which beats a fixed window in throughput too.
 */
public final class InferenceWork implements Work {
  private final InferenceQueue queue;
  private final AnsweringMetrics metrics;
  private final List<PendingCall> taken = new ArrayList<>();
  private final InferenceBatch batch;
  private final AnswerListener listener;

  /**
   * @param listener receives every prediction that was delivered
   */
  public InferenceWork(InferenceQueue queue, AnsweringMetrics metrics, AnswerListener listener) {
    this.listener = listener;
    this.queue = queue;
    this.metrics = metrics;
    this.batch = new InferenceBatch(metrics);
  }

  @Override
  public void doWork() {
    queue.take(taken);
    infer(System.nanoTime());
    reply();
  }

  /** Infers the calls that still wait, so that every accepted call gets an answer. */
  @Override
  public void onStop() {
    while (queue.waitingRows() > 0) {
      doWork();
    }
  }

  @Override
  public void wakeUp() {
    queue.close();
  }

  private void infer(long nowNanos) {
    for (PendingCall pending : taken) {
      if (!pending.caller().isShadow()) {
        metrics.of(pending.call().model()).waited(pending.waitedNanos(nowNanos));
      }
      pending.taken(nowNanos);
      if (pending.isLate(nowNanos)) {
        pending.refuse(Refusal.late("the deadline passed while the request waited"));
      } else if (!pending.caller().isGone()) {
        infer(pending);
      }
    }
    batch.infer();
  }

  private void infer(PendingCall pending) {
    if (!batch.accepts(pending.call())) {
      batch.infer();
    }
    batch.add(pending);
  }

  private void reply() {
    while (!taken.isEmpty()) {
      Context eventLoop = taken.get(0).caller().eventLoop();
      List<PendingCall> done = new ArrayList<>(taken.size());
      taken.removeIf(pending -> pending.caller().eventLoop() == eventLoop && done.add(pending));
      eventLoop.runOnContext(nothing -> done.forEach(this::reply));
    }
  }

  private void reply(PendingCall call) {
    try {
      call.reply(listener);
    } catch (RuntimeException e) { // later calls are still answered
      metrics.failures().happened(e);
    }
  }
}
