/** Traces by OpenTelemetry, off unless its environment variables ask for them. */
@NullMarked
package io.millrace.runtime.tracing;

import org.jspecify.annotations.NullMarked;
