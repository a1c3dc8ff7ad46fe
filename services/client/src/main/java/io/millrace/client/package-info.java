/** Asking predictors for predictions, from Java. */
@NullMarked
package io.millrace.client;

import org.jspecify.annotations.NullMarked;
