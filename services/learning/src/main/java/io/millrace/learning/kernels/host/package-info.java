/**
 * Kernels on heap arrays: loops that the just-in-time compiler vectorizes, and OpenBLAS for large
 * matrix products.
 */
@NullMarked
package io.millrace.learning.kernels.host;

import org.jspecify.annotations.NullMarked;
