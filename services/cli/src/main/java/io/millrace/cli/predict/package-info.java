/** Asking a predictor over gRPC, as any client would. */
@NullMarked
package io.millrace.cli.predict;

import org.jspecify.annotations.NullMarked;
