/**
 * Reads requests of any transport, validates them against the model's signature, and writes
 * answers.
 */
@NullMarked
package io.millrace.predictor.requests;

import org.jspecify.annotations.NullMarked;
