package io.millrace.runtime.http;

import io.netty.handler.flush.FlushConsolidationHandler;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;

/**
 * Sends what several answers write with one flush. Vert.x flushes every frame on its own, and a
 * system call costs more than the rest of a small answer.
 */
final class Flushes {
  private static final int AT_ONCE = 256;

  private Flushes() {}

  static void consolidate(HttpConnection connection) {
    if (connection instanceof HttpServerConnection server) {
      server
          .channelHandlerContext()
          .pipeline()
          .addFirst(new FlushConsolidationHandler(AT_ONCE, true));
    }
  }
}
