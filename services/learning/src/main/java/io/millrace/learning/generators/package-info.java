/**
 * Endless streams of labelled examples with known drifts, the usual benchmarks of stream learners.
 * The definitions are those of MOA.
 *
 * <p>A. Bifet et al., "MOA: Massive Online Analysis", JMLR 2010.
 */
@NullMarked
package io.millrace.learning.generators;

import org.jspecify.annotations.NullMarked;
