package io.millrace.predictor.inference;

import io.millrace.predictor.requests.InferenceCall;
import io.millrace.predictor.requests.Refusal;
import io.millrace.predictor.requests.Scheduling;
import io.millrace.proto.inference.ModelInferResponse;
import org.jspecify.annotations.Nullable;

/**
 * A call on its way from an event loop to the inference thread and back. It was begun with its
 * model.
 *
 * <p>Whoever holds it owns it: the queue and the event loop's task list hand it over.
 */
public final class PendingCall {
  /** For a caller who waits as long as it takes. */
  public static final long NO_DEADLINE = Scheduling.NO_TIMEOUT;

  private final InferenceCall call;
  private final Caller caller;
  private final long arrivedNanos;
  private final long deadlineNanos;
  private long queuedNanos;
  private @Nullable ModelInferResponse response;
  private @Nullable Refusal refusal;

  /**
   * Makes a call that waits.
   *
   * @param arrivedNanos when, by {@link System#nanoTime}
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

  /** Takes note that it waits no longer. */
  void taken(long nowNanos) {
    queuedNanos = waitedNanos(nowNanos);
  }

  /** Returns how long it had waited when it was taken. */
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
   * Tells the caller, and ends the call to the model; once, on the caller's event loop, when the
   * call was answered or refused.
   */
  void reply(AnswerListener listener) {
    call.model().end();
    if (refusal != null) {
      caller.refuse(refusal);
    } else if (response != null && caller.answer(call.model(), response)) {
      listener.predicted(call, response, caller.isShadow());
    }
  }
}
