/**
 * The memory of numbers, on the heap and in native memory, and its use by threads and native
 * libraries.
 */
@NullMarked
package io.millrace.learning.kernels.host.memory;

import org.jspecify.annotations.NullMarked;
