/**
 * The first stage of serving: checkpoints are read, verified, loaded and warmed up, and become the
 * models that answer.
 */
@NullMarked
package io.millrace.predictor.following;

import org.jspecify.annotations.NullMarked;
