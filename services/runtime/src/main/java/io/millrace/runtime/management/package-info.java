/** What operators look at: liveness, readiness and metrics over HTTP. */
@NullMarked
package io.millrace.runtime.management;

import org.jspecify.annotations.NullMarked;
