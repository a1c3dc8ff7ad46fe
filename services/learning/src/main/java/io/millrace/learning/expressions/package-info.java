/**
 * Formulas over vectors and matrices as data: written once in Java, computed by a device that has
 * operations for whole arrays only.
 */
@NullMarked
package io.millrace.learning.expressions;

import org.jspecify.annotations.NullMarked;
