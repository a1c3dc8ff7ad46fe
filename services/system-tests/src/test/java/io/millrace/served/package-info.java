/** Predictors with answers that are easy to foresee, for tests that ask them. */
@NullMarked
package io.millrace.served;

import org.jspecify.annotations.NullMarked;
