/** Clients that others wrote, against a predictor as it runs in production. */
@NullMarked
package io.millrace.foreign;

import org.jspecify.annotations.NullMarked;
