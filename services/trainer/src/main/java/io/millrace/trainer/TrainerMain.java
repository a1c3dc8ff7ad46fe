package io.millrace.trainer;

import io.millrace.runtime.kafka.BrokerWatch;
import io.millrace.runtime.management.ManagementRoutes;
import io.millrace.runtime.process.ServiceProcess;
import java.time.Duration;
import java.util.Optional;

/** The trainer as a process of its own: {@code TrainerMain model.yaml}. */
public final class TrainerMain {
  private TrainerMain() {}

  /**
   * Runs until the process is told to terminate.
   *
   * @param arguments the model's YAML file
   */
  public static void main(String[] arguments) throws InterruptedException {
    System.exit(
        ServiceProcess.run(
            arguments,
            TrainerSettings::read,
            Duration.ZERO,
            (settings, lifecycle, health, metrics) -> {
              ManagementRoutes routes = new ManagementRoutes(health, metrics);
              TrainerService trainer =
                  new TrainerService(settings, health, metrics, lifecycle::failed);
              lifecycle.start(trainer.management(routes));
              lifecycle.start(
                  BrokerWatch.service(
                      settings.kafka(),
                      Optional.of(settings.readiness().brokerAway()),
                      health,
                      metrics,
                      lifecycle::failed));
              lifecycle.start(trainer);
            }));
  }
}
