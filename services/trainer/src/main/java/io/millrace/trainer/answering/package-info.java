/** Commands and status requests to a running trainer, over gRPC. */
@NullMarked
package io.millrace.trainer.answering;

import org.jspecify.annotations.NullMarked;
