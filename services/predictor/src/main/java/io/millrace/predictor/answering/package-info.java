/** The wiring of the server: settings, roles, and which handler answers which call. */
@NullMarked
package io.millrace.predictor.answering;

import org.jspecify.annotations.NullMarked;
