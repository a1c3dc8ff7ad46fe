/**
 * How good predictions are: numbers for people and policies, never minimized themselves. Names,
 * options and numbers are Keras 3's, and scikit-learn's where Keras has none or an approximation.
 */
@NullMarked
package io.millrace.learning.metrics;

import org.jspecify.annotations.NullMarked;
