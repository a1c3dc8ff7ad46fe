/** A predictor that receives invalid requests and is monitored meanwhile. */
@NullMarked
package io.millrace.benchmarks.fuzz;

import org.jspecify.annotations.NullMarked;
