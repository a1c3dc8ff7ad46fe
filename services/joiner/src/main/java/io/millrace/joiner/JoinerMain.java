package io.millrace.joiner;

import io.millrace.runtime.kafka.BrokerWatch;
import io.millrace.runtime.management.ManagementRoutes;
import io.millrace.runtime.process.ServiceProcess;
import java.time.Duration;
import java.util.Optional;

/** The joiner as a process of its own: {@code JoinerMain model.yaml}. */
public final class JoinerMain {
  private JoinerMain() {}

  /**
   * Runs until the process is told to terminate.
   *
   * @param arguments the model's YAML file
   */
  public static void main(String[] arguments) throws InterruptedException {
    System.exit(
        ServiceProcess.run(
            arguments,
            JoinerSettings::readAlone,
            Duration.ZERO,
            (settings, lifecycle, health, metrics) -> {
              ManagementRoutes routes = new ManagementRoutes(health, metrics);
              lifecycle.start(routes.service(settings.management()));
              lifecycle.start(
                  BrokerWatch.service(
                      settings.kafka(),
                      Optional.of(settings.readiness().brokerAway()),
                      health,
                      metrics,
                      lifecycle::failed));
              lifecycle.start(new JoinerService(settings, health, metrics, lifecycle::failed));
            }));
  }
}
