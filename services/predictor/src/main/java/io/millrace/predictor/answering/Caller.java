package io.millrace.predictor.answering;

import io.millrace.proto.inference.ModelInferResponse;
import io.vertx.core.Context;

/**
 * Who waits for an answer, over whichever transport.
 *
 * <p>Answers and refusals are given on {@link #eventLoop}; the other two may be asked anywhere.
 */
interface Caller {
  /** Returns the context of the event loop that the request came in on. */
  Context eventLoop();

  /** Returns whether nobody waits any more: cancelled, disconnected, or past the deadline. */
  boolean isGone();

  void answer(ModelInferResponse response);

  void refuse(Refusal refusal);
}
