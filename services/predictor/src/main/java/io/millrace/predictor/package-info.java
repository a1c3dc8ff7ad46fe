/**
 * Serves the newest validated model: {@code following} checkpoints and {@code answering} requests.
 */
@NullMarked
package io.millrace.predictor;

import org.jspecify.annotations.NullMarked;
