package io.millrace.predictor.predictionlog;

import io.millrace.proto.predictions.v1.Prediction;

/** An answered call that is written to the log later, on another thread. Immutable. */
public interface RecordedCall {
  /** Returns the request's id; may be empty. */
  String id();

  int rows();

  /** Returns the log record of one row. */
  Prediction prediction(int row);
}
