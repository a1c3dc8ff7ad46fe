/** Long lives of a trainer in virtual time, with crashes, commands, drifts and bad records. */
@NullMarked
package io.millrace.benchmarks.simulation;

import org.jspecify.annotations.NullMarked;
