/** The cost of turning a record's bytes into a row of the mini-batch. */
@NullMarked
package io.millrace.benchmarks.decoding;

import org.jspecify.annotations.NullMarked;
