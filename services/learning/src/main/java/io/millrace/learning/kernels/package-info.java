/**
 * The runtime of a network: buffers on a device, and calls that are bound to them once and run for
 * any number of rows. Layers depend only on these interfaces.
 */
@NullMarked
package io.millrace.learning.kernels;

import org.jspecify.annotations.NullMarked;
