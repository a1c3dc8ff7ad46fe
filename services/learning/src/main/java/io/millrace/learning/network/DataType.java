package io.millrace.learning.network;

/** The data type of an input's values. They are passed as floats in either case. */
public enum DataType {
  FLOAT32,
  /** Whole numbers, such as the indices of words. */
  INT32
}
