package io.millrace.page;

import io.millrace.page.files.PageFiles;
import io.millrace.runtime.management.ManagementAccess;
import io.millrace.runtime.management.ManagementPart;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;

/** The page of a process. Safe for any thread. */
public final class Page implements ManagementPart {
  private final PageFiles files = new PageFiles();

  @Override
  public void mountOn(Router router, Vertx vertx, ManagementAccess access) {
    files.mountOn(router);
  }
}
