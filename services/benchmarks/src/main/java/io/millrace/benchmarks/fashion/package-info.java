/** Accuracy on real images, with the engine alone. */
@NullMarked
package io.millrace.benchmarks.fashion;

import org.jspecify.annotations.NullMarked;
