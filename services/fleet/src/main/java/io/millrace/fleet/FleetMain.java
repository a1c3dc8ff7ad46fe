package io.millrace.fleet;

import io.millrace.fleet.keyed.FleetSettings;
import io.millrace.runtime.kafka.BrokerWatch;
import io.millrace.runtime.management.ManagementRoutes;
import io.millrace.runtime.process.ServiceProcess;
import java.time.Duration;
import java.util.Optional;

/** A fleet as a process of its own: {@code FleetMain model.yaml}. */
public final class FleetMain {
  private FleetMain() {}

  /**
   * Runs until the process is told to terminate.
   *
   * @param arguments the model's YAML file
   */
  public static void main(String[] arguments) throws InterruptedException {
    System.exit(
        ServiceProcess.run(
            arguments,
            FleetSettings::readAlone,
            Duration.ZERO,
            (settings, lifecycle, health, metrics) -> {
              ManagementRoutes routes = new ManagementRoutes(health, metrics);
              lifecycle.start(routes.service(settings.trainer().management()));
              lifecycle.start(
                  BrokerWatch.service(
                      settings.trainer().kafka(),
                      Optional.of(settings.trainer().readiness().brokerAway()),
                      health,
                      metrics,
                      lifecycle::failed));
              lifecycle.start(new FleetService(settings, health, metrics, lifecycle::failed));
            }));
  }
}
