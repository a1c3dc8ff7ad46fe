/** The Open Inference Protocol over gRPC, with health and reflection. */
@NullMarked
package io.millrace.predictor.grpc;

import org.jspecify.annotations.NullMarked;
