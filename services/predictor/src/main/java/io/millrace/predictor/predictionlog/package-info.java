/** The prediction log: a topic of requests, answers and the versions that gave them. */
@NullMarked
package io.millrace.predictor.predictionlog;

import org.jspecify.annotations.NullMarked;
