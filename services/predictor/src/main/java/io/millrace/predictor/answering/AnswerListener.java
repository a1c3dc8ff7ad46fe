package io.millrace.predictor.answering;

import io.millrace.proto.inference.ModelInferResponse;

/** Hears of what was predicted, on the caller's event loop; must not wait. */
interface AnswerListener {
  /** For predictions that nobody writes down. */
  AnswerListener NONE = (call, response, shadow) -> {};

  /**
   * Takes note of a prediction.
   *
   * @param shadow whether nobody was answered with it
   */
  void predicted(InferenceCall call, ModelInferResponse response, boolean shadow);
}
