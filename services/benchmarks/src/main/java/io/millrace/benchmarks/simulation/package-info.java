/** Long lives of a learner in virtual time, with crashes, commands and bad records. */
@NullMarked
package io.millrace.benchmarks.simulation;

import org.jspecify.annotations.NullMarked;
