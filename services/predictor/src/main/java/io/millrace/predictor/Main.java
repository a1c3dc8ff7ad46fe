package io.millrace.predictor;

import io.millrace.runtime.kafka.BrokerWatch;
import io.millrace.runtime.kafka.BrokerWatch.Meaning;
import io.millrace.runtime.management.ManagementRoutes;
import io.millrace.runtime.process.ServiceProcess;
import java.time.Duration;

/** The predictor as a process of its own: {@code Main model.yaml}. */
public final class Main {
  /** Long enough for those who route to it to see that it is no longer ready. */
  private static final Duration DRAIN = Duration.ofSeconds(5);

  private Main() {}

  /**
   * Runs until told to terminate.
   *
   * @param arguments the model's YAML file
   */
  public static void main(String[] arguments) throws InterruptedException {
    System.exit(
        ServiceProcess.run(
            arguments,
            PredictorSettings::read,
            DRAIN,
            (settings, lifecycle, health, metrics) -> {
              if (settings.management().isPresent()) {
                ManagementRoutes routes = new ManagementRoutes(health, metrics);
                lifecycle.start(routes.service(settings.management().get()));
              }
              lifecycle.start(new PredictorService(settings, health, metrics, lifecycle::failed));
              lifecycle.start(
                  BrokerWatch.service(
                      settings.kafka(),
                      Meaning.REMARK,
                      health,
                      metrics.registry(),
                      lifecycle::failed));
            }));
  }
}
