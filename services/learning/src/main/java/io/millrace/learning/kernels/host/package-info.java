/**
 * Kernels on the processor. {@link HostKernels} is the only class that is used from outside: it
 * binds each operation to its buffers, in the rooms below.
 */
@NullMarked
package io.millrace.learning.kernels.host;

import org.jspecify.annotations.NullMarked;
