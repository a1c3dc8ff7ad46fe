package io.millrace.cli.embedded;

import io.millrace.cli.invocation.Configuration;
import io.millrace.client.Address;
import io.millrace.client.ClientOptions;
import io.millrace.client.PredictorClient;
import io.millrace.predictor.PredictorService;
import io.millrace.runtime.http.HttpService;
import io.millrace.runtime.kafka.Topics;
import io.millrace.runtime.lifecycle.Health;
import io.millrace.runtime.lifecycle.Lifecycle;
import io.millrace.runtime.management.ManagementRoutes;
import io.millrace.runtime.management.Metrics;
import io.millrace.trainer.TrainerService;
import io.millrace.trainer.training.TrainerProgress;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.clients.admin.NewTopic;
import org.jspecify.annotations.Nullable;

/**
 * The trainer and the predictor of a model, in this process. They know nothing of each other, as
 * they do in two. Safe for any thread.
 */
public final class InProcess implements AutoCloseable {
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);

  private final Configuration configuration;
  private final Health health = new Health();
  private final Metrics metrics;
  private final Lifecycle lifecycle;
  private final PredictorService predictor;
  private final TrainerService trainer;
  private final @Nullable HttpService management;

  private InProcess(Configuration configuration, Duration drain, boolean withPage) {
    this.configuration = configuration;
    metrics = new Metrics(configuration.model());
    lifecycle = Lifecycle.begin(health, drain, STOP_PATIENCE);
    predictor = new PredictorService(configuration.predictor(), health, metrics, lifecycle::failed);
    trainer = new TrainerService(configuration.trainer(), health, metrics, lifecycle::failed);
    trainer.page().add(predictor.section());
    management = withPage ? trainer.management(new ManagementRoutes(health, metrics)) : null;
  }

  /**
   * Creates the records topic and starts the services.
   *
   * @param drain how long callers have to notice the end; zero where there are none
   * @param withPage whether the management port is opened, with the page
   */
  public static InProcess started(Configuration configuration, Duration drain, boolean withPage)
      throws InterruptedException {
    try (Topics topics = Topics.connect(configuration.kafka())) {
      topics.ensure("records.topic", new NewTopic(configuration.records().topic(), 1, (short) 1));
    }
    InProcess services = new InProcess(configuration, drain, withPage);
    boolean started = false;
    try {
      if (services.management != null) {
        services.lifecycle.start(services.management);
      }
      services.lifecycle.start(services.predictor);
      services.lifecycle.start(services.trainer);
      services.lifecycle.ready();
      started = true;
      return services;
    } finally {
      if (!started) {
        services.close();
      }
    }
  }

  public Health health() {
    return health;
  }

  /** Returns the trainer's newest progress. */
  public TrainerProgress progress() {
    return trainer.progress();
  }

  /** Returns the port that the predictor answers on. */
  public int port() {
    return predictor.port();
  }

  /** Returns the address of the page; empty if it is not there. */
  public Optional<String> page() {
    String host = configuration.trainer().management().transport().endpoint().host();
    return Optional.ofNullable(management)
        .map(port -> "http://%s:%d/".formatted(host, port.port()));
  }

  /** Returns a client that asks the predictor once: a missing model is shown, not waited for. */
  public PredictorClient client() {
    Address address = new Address(configuration.serving().host(), port());
    return new PredictorClient(ClientOptions.of(address).withAttempts(1));
  }

  @Override
  public void close() {
    lifecycle.close();
    metrics.close();
  }
}
