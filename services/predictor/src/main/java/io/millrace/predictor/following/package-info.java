/**
 * The first stage of serving: checkpoints come in from the manifest topic, are verified, loaded and
 * warmed up, and become the models that are answered from.
 */
@NullMarked
package io.millrace.predictor.following;

import org.jspecify.annotations.NullMarked;
