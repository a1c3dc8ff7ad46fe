package io.millrace.predictor.predictionlog;

import io.millrace.proto.predictions.v1.Prediction;

/** A call that was answered, to be written down later and elsewhere. Immutable. */
public interface RecordedCall {
  /** Returns the caller's name of the request; maybe empty. */
  String id();

  int rows();

  /** Returns what the log says of a row. */
  Prediction prediction(int row);
}
