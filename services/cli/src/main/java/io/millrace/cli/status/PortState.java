package io.millrace.cli.status;

import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * What a port of a service says.
 *
 * @param ready whether the service is ready
 * @param reasons why it is not
 * @param remarks what its operator should know
 * @param details the objects of {@code /api/v1/state}, or of a model's metadata; empty where the
 *     port has none, or not for us
 */
record PortState(boolean ready, List<String> reasons, List<String> remarks, JsonObject details) {

  PortState {
    reasons = List.copyOf(reasons);
    remarks = List.copyOf(remarks);
  }
}
