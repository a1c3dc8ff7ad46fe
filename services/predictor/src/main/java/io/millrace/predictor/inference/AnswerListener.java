package io.millrace.predictor.inference;

import io.millrace.predictor.requests.InferenceCall;
import io.millrace.proto.inference.ModelInferResponse;

/** Hears of what was predicted, on the caller's event loop; must not wait. */
public interface AnswerListener {
  /** For predictions that nobody writes down. */
  AnswerListener NONE = (call, response, shadow) -> {};

  /**
   * Takes note of a prediction.
   *
   * @param shadow whether nobody was answered with it
   */
  void predicted(InferenceCall call, ModelInferResponse response, boolean shadow);
}
