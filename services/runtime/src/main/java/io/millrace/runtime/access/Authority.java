package io.millrace.runtime.access;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/** Identifies callers and decides what they may do. Safe for any thread; never blocks. */
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

  /** Returns why a request that needs a role is denied; null if it is allowed. */
  @Nullable Denial denial(HttpServerRequest request, Role needed);

  /** Returns the caller's name for logs, never a token. */
  String caller(MultiMap headers, HttpConnection connection);
}
