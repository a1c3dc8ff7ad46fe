/** What the page shows of a predictor. */
@NullMarked
package io.millrace.predictor.page;

import org.jspecify.annotations.NullMarked;
