package io.millrace.learning.network;

/** What the values of an input are. They travel as floats either way. */
public enum DataType {
  FLOAT32,
  /** Whole numbers, such as the indices of words. */
  INT32
}
