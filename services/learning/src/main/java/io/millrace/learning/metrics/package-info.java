/**
 * How good predictions are: numbers for people and policies, not for training to minimize. Names,
 * options and numbers are Keras 3's, or scikit-learn's where Keras has none or an approximation.
 */
@NullMarked
package io.millrace.learning.metrics;

import org.jspecify.annotations.NullMarked;
