package io.millrace.joiner.joining;

/** What the values of the features' topic are. */
public enum FeaturesFormat {
  /** Of the records' format. */
  RECORDS,

  /** A {@code millrace.predictions.v1.Prediction} each: the predictor's log. */
  PREDICTIONS
}
