/**
 * Kernels on the processor. {@link HostKernels} is the only class for use from outside. It binds
 * each operation to its buffers; the packages below implement the operations.
 */
@NullMarked
package io.millrace.learning.kernels.host;

import org.jspecify.annotations.NullMarked;
