package io.millrace.predictor;

import io.millrace.page.Page;
import io.millrace.runtime.LogKeys;
import io.millrace.runtime.http.HttpService;
import io.millrace.runtime.lifecycle.Health;
import io.millrace.runtime.lifecycle.Service;
import io.millrace.runtime.management.ManagementRoutes;
import io.millrace.runtime.management.ManagementSettings;
import io.millrace.runtime.management.Metrics;
import io.millrace.settings.InvalidSettingsException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The separate port for health, metrics and the page of a predictor that runs alone. If the
 * settings do not name the port and another process holds it, such as a trainer with the same
 * settings on this machine, the predictor runs without it.
 */
public final class ProbePort implements Service {
  private static final Logger LOGGER = LoggerFactory.getLogger(ProbePort.class);

  private final HttpService http;
  private final Page page;
  private final boolean isAskedFor;
  private boolean isOpen;

  private ProbePort(ManagementSettings settings, ManagementRoutes routes, Page page) {
    this.page = page;
    this.http = routes.with(page).service(settings);
    this.isAskedFor =
        settings.transport().endpoint().section().equals(PredictorSettings.MANAGEMENT);
  }

  /** Returns the port; empty if the settings ask for none. */
  public static Optional<ProbePort> of(PredictorSettings settings, Health health, Metrics metrics) {
    ManagementRoutes routes = new ManagementRoutes(health, metrics);
    Page page = new Page(String.join(", ", settings.models()), health, InstantSource.system());
    return settings.management().map(management -> new ProbePort(management, routes, page));
  }

  /** Returns its page, for the section of the service. */
  public Page page() {
    return page;
  }

  @Override
  public String name() {
    return http.name();
  }

  /** Returns the port that it listens on; 0 if it is not open. */
  public int port() {
    return http.port();
  }

  @Override
  public void start() throws InterruptedException {
    try {
      http.start();
      isOpen = true;
    } catch (InvalidSettingsException e) {
      if (isAskedFor) {
        throw e;
      }
      LOGGER
          .atWarn()
          .addKeyValue(LogKeys.REASON, e.getMessage())
          .log("No port for probes without a certificate; serving.management.port may be another");
    }
  }

  @Override
  public boolean stop(Duration patience) throws InterruptedException {
    return !isOpen || http.stop(patience);
  }
}
