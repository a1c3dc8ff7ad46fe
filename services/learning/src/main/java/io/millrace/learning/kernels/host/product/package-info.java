/** Matrix products by oneDNN, OpenBLAS or loops, and the sums of columns that go with them. */
@NullMarked
package io.millrace.learning.kernels.host.product;

import org.jspecify.annotations.NullMarked;
