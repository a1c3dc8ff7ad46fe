package io.millrace.runtime.access;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/** Says what callers may do, and who they are. Safe for any thread; waits for nothing. */
interface Authority {
  /** Everyone may do everything. */
  Authority NONE =
      new Authority() {
        @Override
        public @Nullable Denial denial(HttpServerRequest request, Role needed) {
          return null;
        }

        @Override
        public String caller(MultiMap headers, HttpConnection connection) {
          return "anyone";
        }
      };

  /** Returns why the caller may not do what needs a role; null where it may. */
  @Nullable Denial denial(HttpServerRequest request, Role needed);

  /** Returns who asks, for logs: never a token. */
  String caller(MultiMap headers, HttpConnection connection);
}
