/** Matrix products by oneDNN, OpenBLAS or loops, and the column sums that go with them. */
@NullMarked
package io.millrace.learning.kernels.host.product;

import org.jspecify.annotations.NullMarked;
