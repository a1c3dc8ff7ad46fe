package io.millrace.predictor.inference;

import io.millrace.predictor.requests.InferenceCall;
import io.millrace.proto.inference.ModelInferResponse;

/** Receives predictions on the caller's event loop. Implementations must not block. */
public interface AnswerListener {
  /** Ignores predictions. */
  AnswerListener NONE = (call, response, shadow) -> {};

  /**
   * Receives a prediction.
   *
   * @param shadow whether the prediction answered no request
   */
  void predicted(InferenceCall call, ModelInferResponse response, boolean shadow);
}
