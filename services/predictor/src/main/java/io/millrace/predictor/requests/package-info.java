/**
 * What a request says, whatever the transport: it is read, held against the model's signature, and
 * its answer is written.
 */
@NullMarked
package io.millrace.predictor.requests;

import org.jspecify.annotations.NullMarked;
