package io.millrace.predictor;

import io.millrace.page.StateSection;
import io.millrace.predictor.answering.AnsweringService;
import io.millrace.predictor.fleet.FleetServing;
import io.millrace.predictor.fleet.FleetServingSettings;
import io.millrace.predictor.following.Following;
import io.millrace.predictor.following.ServedModels;
import io.millrace.predictor.page.ServingSection;
import io.millrace.predictor.predictionlog.PredictionLog;
import io.millrace.predictor.predictionlog.PredictionLogSettings;
import io.millrace.predictor.requests.CallReader;
import io.millrace.predictor.requests.RequestReader;
import io.millrace.runtime.kafka.AwaitBrokers;
import io.millrace.runtime.kafka.ClientProperties;
import io.millrace.runtime.kafka.TopicPlan;
import io.millrace.runtime.kafka.Topics;
import io.millrace.runtime.lifecycle.Health;
import io.millrace.runtime.lifecycle.OwnedThread;
import io.millrace.runtime.lifecycle.Service;
import io.millrace.runtime.management.Metrics;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.admin.NewTopic;
import org.jspecify.annotations.Nullable;

/**
 * Serves models. Threads follow their checkpoints, event loops and an inference thread answer
 * requests, and an optional thread writes the prediction log. Before its first checkpoint, a model
 * is known but not ready.
 */
public final class PredictorService implements Service {
  private static final String CHECKPOINTS_KEY = "checkpoints.topic";
  private static final String LOG_KEY = "serving.prediction_log.topic";

  private final PredictorSettings settings;
  private final TopicPlan topics;
  private final Followers following;
  private final Optional<FleetServing> fleet;
  private final AnsweringService answering;
  private final ServingSection section;
  private final @Nullable OwnedThread recording;
  private final OwnedThread beginning;

  /**
   * Creates the service; {@link #start} starts it.
   *
   * @param onFailure takes the name of a thread that failed, and its failure
   * @throws io.millrace.settings.InvalidSettingsException if a file that the settings name cannot
   *     be used
   */
  public PredictorService(
      PredictorSettings settings,
      Health health,
      Metrics metrics,
      BiConsumer<String, Throwable> onFailure) {
    this(settings, TopicPlan.NONE, health, metrics, onFailure);
  }

  /**
   * Creates a predictor that is not the only service of its process.
   *
   * @param besides the topics of the others: none is created if one of them cannot be used
   */
  public PredictorService(
      PredictorSettings settings,
      TopicPlan besides,
      Health health,
      Metrics metrics,
      BiConsumer<String, Throwable> onFailure) {
    this.settings = settings;
    this.topics = topics(settings).and(besides);
    Clock clock = Clock.systemUTC();
    ServedModels served =
        new ServedModels(Set.copyOf(settings.models()), settings.ensembles(), clock, health);
    settings.models().forEach(served::add); // callers learn "not ready" instead of "unknown"
    Following common =
        new Following(
            served,
            settings.answering().queue().maxBatch(),
            settings.rivals(),
            settings.staleness(),
            health,
            metrics.registry(),
            clock);
    following = new Followers(settings, common, onFailure);
    PredictionLog log = settings.recording().map(where -> log(where, metrics)).orElse(null);
    recording = log == null ? null : new OwnedThread("prediction-log", log, onFailure);
    beginning =
        new OwnedThread(
            "predictor-beginning", new AwaitBrokers("topics", health, this::begin), onFailure);
    fleet = settings.fleet().map(chosen -> fleet(chosen, served, health, metrics, onFailure));
    CallReader reader = fleet.<CallReader>map(each -> each).orElse(RequestReader::read);
    answering =
        new AnsweringService(settings.answering(), served, reader, health, log, metrics, onFailure);
    section = new ServingSection(served, answering.metrics(), health, clock);
  }

  /** Returns the topics of a predictor. */
  public static TopicPlan topics(PredictorSettings settings) {
    TopicPlan plan = TopicPlan.NONE;
    for (NewTopic topic : settings.checkpoints().topics().definitions()) {
      plan = plan.owning(CHECKPOINTS_KEY, topic);
    }
    if (settings.recording().isPresent()) {
      String log = settings.recording().get().topic();
      plan = plan.owning(LOG_KEY, new NewTopic(log, Optional.empty(), Optional.empty()));
    }
    return plan;
  }

  @Override
  public String name() {
    return "predictor";
  }

  /** Returns what the page of a management port shows of it. */
  public StateSection section() {
    return section;
  }

  /** Returns the port for gRPC, REST, health and metrics. */
  public int port() {
    return answering.port();
  }

  /**
   * Starts the service. Once brokers answer, its own thread creates the checkpoint topics, unless
   * the trainer already has, and the topic of the prediction log. If the brokers refuse the topics,
   * that thread fails.
   *
   * @throws io.millrace.settings.InvalidSettingsException if the settings do not make a Kafka
   *     client, or the address cannot be bound
   */
  @Override
  public void start() throws InterruptedException {
    Topics.check(settings.kafka());
    answering.start();
    beginning.start();
  }

  /** Prepares the topics and starts the threads that use them. */
  private void begin() {
    prepareTopics();
    if (recording != null) {
      recording.start();
    }
    following.start();
    fleet.ifPresent(FleetServing::start);
  }

  private void prepareTopics() {
    try (Topics connected = Topics.connect(settings.kafka())) {
      connected.prepare(topics);
    }
  }

  @Override
  public boolean stop(Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    boolean answered = answering.stop(patience);
    answered &= beginning.stop(until(end));
    boolean recorded = recording == null || recording.stop(until(end));
    boolean left = fleet.isEmpty() || fleet.get().stop(until(end));
    return following.stop(until(end)) && left && answered && recorded;
  }

  private FleetServing fleet(
      FleetServingSettings chosen,
      ServedModels served,
      Health health,
      Metrics metrics,
      BiConsumer<String, Throwable> onFailure) {
    return new FleetServing(
        chosen,
        new ClientProperties(settings.kafka()).consumer("millrace-predictor-fleet"),
        served,
        health,
        settings.answering().queue().maxBatch(),
        metrics.registry(),
        onFailure);
  }

  private PredictionLog log(PredictionLogSettings where, Metrics metrics) {
    ClientProperties clients = new ClientProperties(settings.kafka());
    return new PredictionLog(where, clients.producer("millrace-predictions"), metrics);
  }

  private static Duration until(long endNanos) {
    return Duration.ofNanos(Math.max(0, endNanos - System.nanoTime()));
  }
}
