/**
 * The layers, with the names, options and defaults of Keras 3. Each defines its output's shape and
 * its weights, and compiles into kernel calls.
 */
@NullMarked
package io.millrace.learning.layers;

import org.jspecify.annotations.NullMarked;
