package io.millrace.learning.expressions;

import java.util.function.DoubleSupplier;

/** A value computed element by element; different shapes are broadcast as in NumPy. Immutable. */
public sealed interface Expression {

  /** The array that the computation binds to this name. */
  record Variable(String name) implements Expression {

    /** Returns the assignment of a value to this variable; the value may read the variable. */
    public Assignment becomes(Expression value) {
      return new Assignment(this, value);
    }
  }

  /** A constant number. */
  record Constant(double value) implements Expression {}

  /** A number that is supplied anew for each computation. */
  record Varying(DoubleSupplier value) implements Expression {}

  /** A function of each element. */
  record Mapped(Function function, Expression argument) implements Expression {}

  /** An operation on the elements of two values. */
  record Combined(Operator operator, Expression left, Expression right) implements Expression {}

  /** The sum along an axis, which is kept with length one. */
  record Sum(Expression argument, int axis) implements Expression {}

  static Variable variable(String name) {
    return new Variable(name);
  }

  static Expression constant(double value) {
    return new Constant(value);
  }

  static Expression number(DoubleSupplier value) {
    return new Varying(value);
  }

  default Expression plus(Expression other) {
    return new Combined(Operator.PLUS, this, other);
  }

  default Expression plus(double other) {
    return plus(constant(other));
  }

  default Expression minus(Expression other) {
    return new Combined(Operator.MINUS, this, other);
  }

  default Expression minus(double other) {
    return minus(constant(other));
  }

  default Expression times(Expression other) {
    return new Combined(Operator.TIMES, this, other);
  }

  default Expression times(double other) {
    return times(constant(other));
  }

  default Expression over(Expression other) {
    return new Combined(Operator.OVER, this, other);
  }

  default Expression over(double other) {
    return over(constant(other));
  }

  default Expression maximum(Expression other) {
    return new Combined(Operator.MAXIMUM, this, other);
  }

  default Expression maximum(double other) {
    return maximum(constant(other));
  }

  default Expression minimum(Expression other) {
    return new Combined(Operator.MINIMUM, this, other);
  }

  default Expression minimum(double other) {
    return minimum(constant(other));
  }

  default Expression power(double exponent) {
    return exponent == 0.5 ? squareRoot() : new Combined(Operator.POWER, this, constant(exponent));
  }

  default Expression square() {
    return times(this);
  }

  default Expression squareRoot() {
    return new Mapped(Function.SQUARE_ROOT, this);
  }

  default Expression absolute() {
    return new Mapped(Function.ABSOLUTE, this);
  }

  default Expression sign() {
    return new Mapped(Function.SIGN, this);
  }

  default Expression exponential() {
    return new Mapped(Function.EXPONENTIAL, this);
  }

  default Expression errorFunction() {
    return new Mapped(Function.ERROR_FUNCTION, this);
  }

  default Expression sigmoid() {
    return new Mapped(Function.SIGMOID, this);
  }

  default Expression sum(int axis) {
    return new Sum(this, axis);
  }
}
