/** Normalization over a batch (columns) and over a layer (rows), with their gradients. */
@NullMarked
package io.millrace.learning.kernels.host.normalization;

import org.jspecify.annotations.NullMarked;
