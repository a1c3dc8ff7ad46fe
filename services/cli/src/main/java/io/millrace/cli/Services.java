package io.millrace.cli;

import io.millrace.cli.invocation.Configuration;
import io.millrace.cli.live.Live;
import io.millrace.fleet.FleetService;
import io.millrace.fleet.keyed.FleetSettings;
import io.millrace.joiner.JoinerService;
import io.millrace.joiner.JoinerSettings;
import io.millrace.predictor.PredictorService;
import io.millrace.predictor.ProbePort;
import io.millrace.runtime.kafka.BrokerWatch;
import io.millrace.runtime.kafka.KafkaSettings;
import io.millrace.runtime.kafka.ReadinessSettings;
import io.millrace.runtime.kafka.TopicPlan;
import io.millrace.runtime.lifecycle.Health;
import io.millrace.runtime.lifecycle.Lifecycle;
import io.millrace.runtime.lifecycle.Service;
import io.millrace.runtime.management.ManagementRoutes;
import io.millrace.runtime.management.ManagementSettings;
import io.millrace.runtime.management.Metrics;
import io.millrace.runtime.process.LogLines;
import io.millrace.runtime.tracing.Tracing;
import io.millrace.settings.InvalidSettingsException;
import io.millrace.settings.Problem;
import io.millrace.trainer.TrainerService;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Wires services and runs them until they are stopped. */
final class Services {
  /** Time for callers that check readiness before each call. */
  private static final Duration DRAIN = Duration.ofSeconds(1);

  private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);

  private Services() {}

  static int train(Configuration configuration) throws InterruptedException {
    return run(configuration, true, false);
  }

  static int serve(Configuration configuration) throws InterruptedException {
    return run(configuration, false, true);
  }

  static int run(Configuration configuration) throws InterruptedException {
    return run(configuration, true, true);
  }

  static int join(Configuration configuration) throws InterruptedException {
    JoinerSettings settings =
        configuration.joiner().orElseThrow(() -> without("join", "features_topic, labels_topic"));
    return alone(
        configuration,
        settings.management(),
        settings.readiness(),
        (health, metrics, lifecycle) ->
            new JoinerService(settings, health, metrics, lifecycle::failed));
  }

  static int fleet(Configuration configuration) throws InterruptedException {
    FleetSettings settings = configuration.fleet().orElseThrow(() -> without("fleet", "key"));
    return alone(
        configuration,
        settings.trainer().management(),
        settings.trainer().readiness(),
        (health, metrics, lifecycle) ->
            new FleetService(settings, health, metrics, lifecycle::failed));
  }

  private static InvalidSettingsException without(String section, String options) {
    return new InvalidSettingsException(
        List.of(new Problem(section, "is required: a section with " + options)));
  }

  /** Runs a service that shares its process with no other. */
  private static int alone(
      Configuration configuration,
      ManagementSettings management,
      ReadinessSettings readiness,
      Wiring service)
      throws InterruptedException {
    LogLines.setModel(configuration.model());
    Health health = new Health();
    try (Metrics metrics = new Metrics(configuration.model());
        Lifecycle lifecycle = Lifecycle.begin(health, Duration.ZERO, STOP_PATIENCE)) {
      lifecycle.start(Tracing.begin());
      lifecycle.start(new ManagementRoutes(health, metrics).service(management));
      Optional<Duration> away = Optional.of(readiness.brokerAway());
      lifecycle.start(watch(configuration.kafka(), away, lifecycle, health, metrics));
      lifecycle.start(service.make(health, metrics, lifecycle));
      return lifecycle.awaitEnd();
    }
  }

  /** Makes a service of its surroundings. */
  private interface Wiring {
    Service make(Health health, Metrics metrics, Lifecycle lifecycle);
  }

  private static int run(Configuration configuration, boolean trains, boolean serves)
      throws InterruptedException {
    requireSingleModel(configuration, trains);
    LogLines.setModel(configuration.model());
    Health health = new Health();
    try (Metrics metrics = new Metrics(configuration.model());
        Lifecycle lifecycle =
            Lifecycle.begin(health, serves ? DRAIN : Duration.ZERO, STOP_PATIENCE)) {
      lifecycle.start(Tracing.begin());
      TopicPlan topics = topics(configuration, trains, serves);
      Optional<TrainerService> trainer = Optional.empty();
      Optional<ProbePort> probes = ProbePort.of(configuration.predictor(), health, metrics);
      if (trains) { // ports come first: topics are created only where the ports are free
        trainer =
            Optional.of(
                new TrainerService(
                    configuration.trainer(), topics, health, metrics, lifecycle::failed));
        lifecycle.start(trainer.get().management(new ManagementRoutes(health, metrics)));
      } else if (probes.isPresent()) {
        lifecycle.start(probes.get());
      }
      if (serves) {
        PredictorService predictor =
            new PredictorService(
                configuration.predictor(), topics, health, metrics, lifecycle::failed);
        trainer
            .map(TrainerService::page)
            .or(() -> probes.map(ProbePort::page))
            .ifPresent(page -> page.add(predictor.section()));
        lifecycle.start(predictor);
      }
      Optional<Duration> away =
          Optional.of(configuration.trainer().readiness().brokerAway()).filter(limit -> trains);
      lifecycle.start(watch(configuration.kafka(), away, lifecycle, health, metrics));
      if (trainer.isPresent()) {
        lifecycle.start(trainer.get());
        lifecycle.start(live(configuration, trainer.get(), lifecycle, health));
      }
      return lifecycle.awaitEnd();
    }
  }

  private static void requireSingleModel(Configuration configuration, boolean trains) {
    if (trains && configuration.fleet().isPresent()) {
      throw new InvalidSettingsException(
          List.of(
              new Problem(
                  "fleet",
                  "is given, but train and run are for a single model; allowed: `millrace fleet`"
                      + " for these settings, or no section fleet")));
    }
  }

  private static TopicPlan topics(Configuration configuration, boolean trains, boolean serves) {
    TopicPlan trained = trains ? TrainerService.topics(configuration.trainer()) : TopicPlan.NONE;
    return serves ? trained.and(PredictorService.topics(configuration.predictor())) : trained;
  }

  private static Service live(
      Configuration configuration, TrainerService trainer, Lifecycle lifecycle, Health health) {
    return Live.service(
        configuration.records().topic(), trainer::progress, health, lifecycle::failed);
  }

  private static Service watch(
      KafkaSettings kafka,
      Optional<Duration> away,
      Lifecycle lifecycle,
      Health health,
      Metrics metrics) {
    return BrokerWatch.service(kafka, away, health, metrics, lifecycle::failed);
  }
}
