package io.millrace.predictor.grpc;

import io.vertx.core.http.HttpConnection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The calls of one event loop that have no end of their own and would hold up the server's until
 * the deadline: they are told when their connection is to close. Confined to its event loop.
 */
public final class LongCalls {
  private final Map<HttpConnection, Set<Runnable>> ends = new HashMap<>();

  /**
   * Takes note of a call.
   *
   * @param end ends it; run once at most
   */
  void add(HttpConnection connection, Runnable end) {
    ends.computeIfAbsent(connection, this::watch).add(end);
  }

  /** Forgets a call that has ended. */
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
