package io.millrace.learning.expressions;

/** Operations on two numbers. */
public enum Operator {
  PLUS,
  MINUS,
  TIMES,
  OVER,
  MAXIMUM,
  MINIMUM,
  POWER
}
