package io.millrace.predictor;

import io.millrace.predictor.answering.AnsweringService;
import io.millrace.predictor.following.Following;
import io.millrace.predictor.following.ServedModels;
import io.millrace.runtime.kafka.ClientProperties;
import io.millrace.runtime.kafka.Topics;
import io.millrace.runtime.lifecycle.Health;
import io.millrace.runtime.lifecycle.OwnedThread;
import io.millrace.runtime.lifecycle.Service;
import io.millrace.runtime.management.Metrics;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Serves one model: a thread that follows its checkpoints, and the event loops and the inference
 * thread that answer from them. Before the first checkpoint it is alive, but not ready.
 */
public final class PredictorService implements Service {
  private static final String TOPIC_KEY = "checkpoints.topic";

  private final PredictorSettings settings;
  private final OwnedThread following;
  private final AnsweringService answering;

  /**
   * Makes the service; {@link #start} starts it.
   *
   * @param onFailure takes the name and the failure of a thread that ended by one
   */
  public PredictorService(
      PredictorSettings settings,
      Health health,
      Metrics metrics,
      BiConsumer<String, Throwable> onFailure) {
    this.settings = settings;
    ServedModels served = new ServedModels(Set.of(settings.model()));
    Following common =
        new Following(
            served,
            settings.answering().queue().maxBatch(),
            settings.staleness(),
            health,
            metrics.registry(),
            Clock.systemUTC());
    following =
        new OwnedThread(
            "following",
            common.of(
                settings.model(),
                new ClientProperties(settings.kafka()).consumer("millrace-predictor"),
                settings.checkpoints().topics()),
            onFailure);
    answering = new AnsweringService(settings.answering(), served, health, metrics, onFailure);
  }

  @Override
  public String name() {
    return "predictor";
  }

  /** Returns the port of gRPC, REST, health and metrics. */
  public int port() {
    return answering.port();
  }

  /**
   * Starts it. The topics of the checkpoints are created where the trainer was not there yet.
   *
   * @throws io.millrace.settings.InvalidSettingsException where there is no broker, it does not
   *     give us the topics, or the address is not to be had
   */
  @Override
  public void start() throws InterruptedException {
    try (Topics topics = Topics.connect(settings.kafka())) {
      settings.checkpoints().topics().definitions().forEach(t -> topics.ensure(TOPIC_KEY, t));
    }
    answering.start();
    following.start();
  }

  @Override
  public boolean stop(Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    boolean answered = answering.stop(patience);
    return following.stop(Duration.ofNanos(Math.max(0, end - System.nanoTime()))) && answered;
  }
}
