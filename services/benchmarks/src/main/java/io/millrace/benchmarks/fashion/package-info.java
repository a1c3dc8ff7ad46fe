/** Accuracy on real images, through the engine alone. */
@NullMarked
package io.millrace.benchmarks.fashion;

import org.jspecify.annotations.NullMarked;
