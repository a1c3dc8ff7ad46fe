/**
 * The optimizers: update rules, learning-rate schedules, clipping, weight decay and averaging, over
 * flat vectors. Names, options and numbers are Keras 3's.
 */
@NullMarked
package io.millrace.learning.optimizers;

import org.jspecify.annotations.NullMarked;
