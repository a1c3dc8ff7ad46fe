package io.millrace.predictor.grpc;

import io.vertx.core.http.HttpConnection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The calls of one event loop that do not end by themselves. They would delay a stop until its
 * deadline, so they are ended when their connection begins to shut down. Confined to the event
 * loop.
 */
public final class LongCalls {
  private final Map<HttpConnection, Set<Runnable>> ends = new HashMap<>();

  /**
   * Adds a call.
   *
   * @param end ends the call; run at most once
   */
  void add(HttpConnection connection, Runnable end) {
    ends.computeIfAbsent(connection, this::watch).add(end);
  }

  /** Removes a call that has ended. */
  void remove(HttpConnection connection, Runnable end) {
    Set<Runnable> calls = ends.get(connection);
    if (calls != null && calls.remove(end) && calls.isEmpty()) {
      ends.remove(connection);
    }
  }

  private Set<Runnable> watch(HttpConnection connection) {
    connection.shutdownHandler(nothing -> endAll(connection));
    return new LinkedHashSet<>();
  }

  private void endAll(HttpConnection connection) {
    Set<Runnable> calls = ends.remove(connection);
    if (calls != null) {
      List.copyOf(calls).forEach(Runnable::run);
    }
  }
}
