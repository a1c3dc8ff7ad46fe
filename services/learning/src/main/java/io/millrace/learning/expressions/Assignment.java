package io.millrace.learning.expressions;

import io.millrace.learning.expressions.Expression.Variable;

/** A variable and what it becomes; the value is complete before the variable changes. */
public record Assignment(Variable target, Expression value) {}
