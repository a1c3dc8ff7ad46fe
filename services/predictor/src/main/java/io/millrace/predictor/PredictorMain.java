package io.millrace.predictor;

import io.millrace.runtime.kafka.BrokerWatch;
import io.millrace.runtime.process.ServiceProcess;
import java.time.Duration;
import java.util.Optional;

/** The predictor as a process of its own: {@code PredictorMain model.yaml}. */
public final class PredictorMain {
  /** Long enough for those who route to it to see that it is no longer ready. */
  private static final Duration DRAIN = Duration.ofSeconds(5);

  private PredictorMain() {}

  /**
   * Runs until the process is told to terminate.
   *
   * @param arguments the path of the model's YAML file
   */
  public static void main(String[] arguments) throws InterruptedException {
    System.exit(
        ServiceProcess.run(
            arguments,
            PredictorSettings::read,
            DRAIN,
            (settings, lifecycle, health, metrics) -> {
              Optional<ProbePort> probes = ProbePort.of(settings, health, metrics);
              if (probes.isPresent()) {
                lifecycle.start(probes.get());
              }
              PredictorService predictor =
                  new PredictorService(settings, health, metrics, lifecycle::failed);
              probes.ifPresent(port -> port.page().add(predictor.section()));
              lifecycle.start(predictor);
              lifecycle.start(
                  BrokerWatch.service(
                      settings.kafka(), Optional.empty(), health, metrics, lifecycle::failed));
            }));
  }
}
