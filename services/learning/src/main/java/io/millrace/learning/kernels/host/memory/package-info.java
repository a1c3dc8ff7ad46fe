/**
 * Where numbers lie, on the heap and in native memory, and how threads and native libraries get at
 * them.
 */
@NullMarked
package io.millrace.learning.kernels.host.memory;

import org.jspecify.annotations.NullMarked;
