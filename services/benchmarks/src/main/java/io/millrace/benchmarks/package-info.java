/** The command line of the measurements. It is never part of a production image. */
@NullMarked
package io.millrace.benchmarks;

import org.jspecify.annotations.NullMarked;
