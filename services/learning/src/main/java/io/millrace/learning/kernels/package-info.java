/**
 * What a network is made of when it runs: buffers on a device, and calls bound to them once and run
 * for any number of rows. Layers know nothing but these interfaces.
 */
@NullMarked
package io.millrace.learning.kernels;

import org.jspecify.annotations.NullMarked;
