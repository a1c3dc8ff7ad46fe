package io.millrace.predictor.inference;

import io.millrace.predictor.requests.InferenceCall;
import io.millrace.predictor.requests.Refusal;
import io.millrace.predictor.requests.Scheduling;
import io.millrace.proto.inference.ModelInferResponse;
import org.jspecify.annotations.Nullable;

/**
 * A call on its way from an event loop to the inference thread and back. It is in flight for its
 * model from {@code ServedModel.begin} to {@link #reply}.
 *
 * <p>One thread owns it at a time: the queue and the event loop's task list hand it over.
 */
public final class PendingCall {
  /** For a caller that waits without a limit. */
  public static final long NO_DEADLINE = Scheduling.NO_TIMEOUT;

  private final InferenceCall call;
  private final Caller caller;
  private final long arrivedNanos;
  private final long deadlineNanos;
  private long queuedNanos;
  private @Nullable ModelInferResponse response;
  private @Nullable Refusal refusal;

  /**
   * Creates a call that waits.
   *
   * @param arrivedNanos the time of arrival, by {@link System#nanoTime}
   * @param timeoutNanos how long the caller waits, or {@link Scheduling#NO_TIMEOUT}
   */
  PendingCall(InferenceCall call, Caller caller, long arrivedNanos, long timeoutNanos) {
    this.call = call;
    this.caller = caller;
    this.arrivedNanos = arrivedNanos;
    this.deadlineNanos = timeoutNanos == NO_DEADLINE ? NO_DEADLINE : arrivedNanos + timeoutNanos;
  }

  InferenceCall call() {
    return call;
  }

  Caller caller() {
    return caller;
  }

  long waitedNanos(long nowNanos) {
    return nowNanos - arrivedNanos;
  }

  /** Marks the end of the wait in the queue. */
  void taken(long nowNanos) {
    queuedNanos = waitedNanos(nowNanos);
  }

  /** Returns how long the call waited in the queue. */
  long queuedNanos() {
    return queuedNanos;
  }

  boolean isLate(long nowNanos) {
    return deadlineNanos != NO_DEADLINE && nowNanos - deadlineNanos >= 0;
  }

  void answer(ModelInferResponse answer) {
    response = answer;
  }

  void refuse(Refusal reason) {
    refusal = reason;
    call.model().statistics().failed(waitedNanos(System.nanoTime()));
  }

  /**
   * Sends the answer or the refusal and ends the call to the model. Called once, on the caller's
   * event loop, after the call was answered or refused.
   */
  void reply(AnswerListener listener) {
    call.model().end();
    if (refusal != null) {
      caller.refuse(refusal);
    } else if (response != null && caller.answer(call.model(), response)) {
      if (!caller.isShadow()) {
        caller.metrics().answered(waitedNanos(System.nanoTime()));
      }
      listener.predicted(call, response, caller.isShadow());
    }
  }
}
