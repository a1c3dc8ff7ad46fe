package io.millrace.runtime.management;

import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;

/** Further routes of a management port. */
@FunctionalInterface
public interface ManagementPart {
  /**
   * Adds the routes to the router of one event loop.
   *
   * @param access names callers; who may do what is decided before
   */
  void mountOn(Router router, Vertx vertx, ManagementAccess access);
}
