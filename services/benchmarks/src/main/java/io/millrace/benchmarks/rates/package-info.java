/** How good the learning rates are that the range test suggests. */
@NullMarked
package io.millrace.benchmarks.rates;

import org.jspecify.annotations.NullMarked;
