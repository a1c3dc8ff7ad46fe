/**
 * What a predictor answers a second and how fast, while models change, too many ask, or it ends.
 */
@NullMarked
package io.millrace.benchmarks.serving;

import org.jspecify.annotations.NullMarked;
