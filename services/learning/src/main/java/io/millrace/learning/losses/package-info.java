/**
 * The losses that training minimizes: the loss of a row of predictions against its targets, and its
 * gradient. Names, options and numbers are Keras 3's.
 */
@NullMarked
package io.millrace.learning.losses;

import org.jspecify.annotations.NullMarked;
