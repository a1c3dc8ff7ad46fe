/** What operators use: liveness, readiness and metrics, as routes of an HTTP server. */
@NullMarked
package io.millrace.runtime.management;

import org.jspecify.annotations.NullMarked;
