package io.millrace.predictor;

import io.millrace.predictor.following.DiscoveryWork;
import io.millrace.predictor.following.Following;
import io.millrace.runtime.kafka.ClientProperties;
import io.millrace.runtime.lifecycle.OwnedThread;
import io.millrace.runtime.lifecycle.Service;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * The threads that follow checkpoints, one per model. If all models of a topic are served, one more
 * thread discovers models.
 */
final class Followers implements Service {
  private static final String CLIENT = "millrace-predictor";

  private final PredictorSettings settings;
  private final Following common;
  private final BiConsumer<String, Throwable> onFailure;
  private final List<OwnedThread> threads = new ArrayList<>();
  private boolean stopping;

  Followers(PredictorSettings settings, Following common, BiConsumer<String, Throwable> onFailure) {
    this.settings = settings;
    this.common = common;
    this.onFailure = onFailure;
  }

  @Override
  public String name() {
    return "following";
  }

  @Override
  public void start() {
    settings.models().stream().filter(model -> !isFleet(model)).forEach(this::follow);
    if (settings.models().isEmpty()) {
      begin(
          new OwnedThread(
              "discovery",
              new DiscoveryWork(
                  new ClientProperties(settings.kafka()).consumer(CLIENT),
                  settings.checkpoints().topics(),
                  this::follow),
              onFailure));
    }
  }

  @Override
  public boolean stop(Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    boolean stopped = true;
    for (OwnedThread thread : threadsOfTheEnd()) {
      stopped &= thread.stop(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
    }
    return stopped;
  }

  /** A fleet's checkpoints are followed on a topic of their own. */
  private boolean isFleet(String model) {
    return settings.fleet().filter(fleet -> fleet.model().equals(model)).isPresent();
  }

  private void follow(String model) {
    common.served().add(model);
    begin(
        new OwnedThread(
            "following-" + model,
            common.of(
                model,
                new ClientProperties(settings.kafka()).consumer(CLIENT + "-" + model),
                settings.checkpoints().topics()),
            onFailure));
  }

  private synchronized void begin(OwnedThread thread) {
    if (!stopping) {
      threads.add(thread);
      thread.start();
    }
  }

  /** Returns all threads. None is added afterwards. */
  private synchronized List<OwnedThread> threadsOfTheEnd() {
    stopping = true;
    return List.copyOf(threads);
  }
}
