/** Convolutions and pooling, with their gradients: as products with patches, or by oneDNN. */
@NullMarked
package io.millrace.learning.kernels.host.convolution;

import org.jspecify.annotations.NullMarked;
