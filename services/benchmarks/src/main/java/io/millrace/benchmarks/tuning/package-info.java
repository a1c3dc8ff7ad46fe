/** The textbook's search for a regression's settings, here and in Python. */
@NullMarked
package io.millrace.benchmarks.tuning;

import org.jspecify.annotations.NullMarked;
