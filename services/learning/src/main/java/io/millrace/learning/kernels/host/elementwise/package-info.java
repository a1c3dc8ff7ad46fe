/** Element-wise operations on arrays: copies, sums, gathers, penalties, updates. */
@NullMarked
package io.millrace.learning.kernels.host.elementwise;

import org.jspecify.annotations.NullMarked;
