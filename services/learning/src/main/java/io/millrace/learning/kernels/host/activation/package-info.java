/** Activation functions and their gradients. */
@NullMarked
package io.millrace.learning.kernels.host.activation;

import org.jspecify.annotations.NullMarked;
