/**
 * What the weights are before the first step. Names and distributions are Keras 3's, and the number
 * of a weight depends on the seed, its tensor and its position alone.
 */
@NullMarked
package io.millrace.learning.initializers;

import org.jspecify.annotations.NullMarked;
