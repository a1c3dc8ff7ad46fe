/**
 * The layers, with the names, options and defaults of Keras 3: each says its output's shape and its
 * weights, and is compiled into kernel calls.
 */
@NullMarked
package io.millrace.learning.layers;

import org.jspecify.annotations.NullMarked;
