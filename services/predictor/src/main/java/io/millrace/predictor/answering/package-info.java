/** The wiring of the server: settings, roles, and the handler of each call. */
@NullMarked
package io.millrace.predictor.answering;

import org.jspecify.annotations.NullMarked;
