/** The Open Inference Protocol over REST, and KServe's V1 protocol. */
@NullMarked
package io.millrace.predictor.rest;

import org.jspecify.annotations.NullMarked;
