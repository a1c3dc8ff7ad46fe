/**
 * How a model is evaluated: the rolling validation window, scores, baselines, and the best weights
 * so far.
 */
@NullMarked
package io.millrace.learning.evaluation;

import org.jspecify.annotations.NullMarked;
