/** A predictor with answers that are easy to foresee, for tests that ask it. */
@NullMarked
package io.millrace.echo;

import org.jspecify.annotations.NullMarked;
