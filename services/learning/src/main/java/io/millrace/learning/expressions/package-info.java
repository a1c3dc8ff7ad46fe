/**
 * Formulas over vectors and matrices as data: written once in Java, and computed on a device that
 * has only operations for whole arrays.
 */
@NullMarked
package io.millrace.learning.expressions;

import org.jspecify.annotations.NullMarked;
