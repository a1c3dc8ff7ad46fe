/** Predictions over gRPC, as any client gets them. */
@NullMarked
package io.millrace.cli.predict;

import org.jspecify.annotations.NullMarked;
