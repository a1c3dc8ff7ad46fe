package io.millrace.learning.expressions;

import io.millrace.learning.expressions.Expression.Variable;

/** A variable and its new value. The value is computed completely before the variable changes. */
public record Assignment(Variable target, Expression value) {}
