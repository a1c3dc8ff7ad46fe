/** The command line of the measurements. Never part of a production image. */
@NullMarked
package io.millrace.benchmarks;

import org.jspecify.annotations.NullMarked;
