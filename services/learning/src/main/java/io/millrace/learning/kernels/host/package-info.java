/**
 * Kernels on heap arrays: loops that the just-in-time compiler vectorizes, and oneDNN or OpenBLAS
 * for all but the smallest matrix products.
 */
@NullMarked
package io.millrace.learning.kernels.host;

import org.jspecify.annotations.NullMarked;
