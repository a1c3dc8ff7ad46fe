/**
 * From a request to its answer: the model is found, the call waits in a queue, and one thread
 * infers a batch.
 */
@NullMarked
package io.millrace.predictor.inference;

import org.jspecify.annotations.NullMarked;
