/** What callers of predictors may rely on. */
@NullMarked
package io.millrace.serving;

import org.jspecify.annotations.NullMarked;
