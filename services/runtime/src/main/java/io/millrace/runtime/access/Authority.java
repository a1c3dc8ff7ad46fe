package io.millrace.runtime.access;

import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/** Says what callers may do. Safe for any thread; waits for nothing. */
@FunctionalInterface
interface Authority {
  /** Everyone may do everything. */
  Authority NONE = (request, needed) -> null;

  /** Returns why the caller may not do what needs a role; null where it may. */
  @Nullable Denial denial(HttpServerRequest request, Role needed);
}
