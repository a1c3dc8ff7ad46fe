package io.millrace.predictor.requests;

import io.millrace.predictor.following.ServedModel;
import io.millrace.proto.inference.ModelInferRequest;

/** Reads requests. Safe for any thread. */
@FunctionalInterface
public interface CallReader {
  /**
   * Returns the call, which may be to another model of the same fleet, or why there is none.
   *
   * @param model the version that the request's name and version stand for
   */
  Reading read(ServedModel model, ModelInferRequest request);
}
