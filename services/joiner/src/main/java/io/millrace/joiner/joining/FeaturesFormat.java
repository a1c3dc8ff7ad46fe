package io.millrace.joiner.joining;

/** The formats of values on the features topic. */
public enum FeaturesFormat {
  /** The format of the records. */
  RECORDS,

  /** One {@code millrace.predictions.v1.Prediction} per value, as in the predictor's log. */
  PREDICTIONS
}
