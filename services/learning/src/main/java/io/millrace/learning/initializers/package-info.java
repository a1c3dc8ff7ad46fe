/**
 * The initial weights. Names and distributions are Keras 3's. The value of a weight depends only on
 * the seed, its tensor and its position.
 */
@NullMarked
package io.millrace.learning.initializers;

import org.jspecify.annotations.NullMarked;
