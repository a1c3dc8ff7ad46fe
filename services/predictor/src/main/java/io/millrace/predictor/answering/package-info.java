/**
 * The second stage of serving: requests of the Open Inference Protocol come in over gRPC and REST,
 * are checked on an event loop, inferred together on one thread, and answered.
 */
@NullMarked
package io.millrace.predictor.answering;

import org.jspecify.annotations.NullMarked;
