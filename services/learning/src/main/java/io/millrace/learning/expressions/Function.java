package io.millrace.learning.expressions;

/** Functions of one number. */
public enum Function {
  SQUARE_ROOT,
  ABSOLUTE,
  SIGN,
  EXPONENTIAL,
  ERROR_FUNCTION,
  SIGMOID
}
