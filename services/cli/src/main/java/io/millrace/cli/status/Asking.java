package io.millrace.cli.status;

import io.millrace.checkpoints.failures.CheckpointException;
import io.millrace.checkpoints.failures.Refusals;
import io.millrace.checkpoints.fleet.FleetTopic;
import io.millrace.cli.invocation.Configuration;
import io.millrace.cli.predict.Access;
import io.millrace.proto.events.v1.TrainingEvent;
import io.millrace.runtime.kafka.BrokersAwayException;
import io.millrace.runtime.kafka.Topics;
import io.millrace.settings.InvalidSettingsException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.slf4j.LoggerFactory;

/** Asks everything that knows of a model, at once and in bounded time. Confined to one thread. */
final class Asking implements AutoCloseable {
  private final Configuration configuration;
  private final Access access;
  private final Duration patience;
  private final long deadline;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "millrace-status");
            thread.setDaemon(true); // a client that hangs does not keep the process
            return thread;
          });

  /**
   * @param patience how long all questions together may take
   */
  Asking(Configuration configuration, Access access, Duration patience) {
    this.configuration = configuration;
    this.access = access;
    this.patience = patience;
    this.deadline = System.nanoTime() + patience.toNanos();
    LoggerFactory.getILoggerFactory(); // by one thread, before several log
  }

  Status status() throws InterruptedException {
    TopicQuestions topics = new TopicQuestions(configuration, patience);
    Port management =
        new Port(configuration.trainer().management().transport(), access, patience.dividedBy(2));
    Port serving =
        new Port(configuration.predictor().answering().transport(), access, patience.dividedBy(2));
    Future<Asked<String>> brokers = ask(this::brokers);
    Future<Asked<PortState>> trainer =
        ask(configuration.fleet().isPresent() ? management::fleet : management::state);
    Future<Asked<PortState>> predictor = ask(() -> serving.serving(configuration.model()));
    Asked<String> reached = answer(brokers);
    boolean isFleet = configuration.fleet().isPresent();
    Future<Asked<Checkpoints>> checkpoints =
        ask(() -> isFleet ? ofEachKey() : behind(reached, topics::checkpoints));
    Future<Asked<Letters>> letters = ask(() -> behind(reached, topics::letters));
    Future<Asked<List<TrainingEvent>>> events =
        ask(
            () ->
                isFleet
                    ? Asked.none("none: a fleet publishes no events")
                    : behind(reached, topics::events));
    return new Status(
        configuration.model(),
        Instant.now(),
        configuration.records().topic(),
        configuration.trainer().learner().validation().holdout() > 0,
        reached,
        answer(trainer),
        answer(predictor),
        answer(checkpoints),
        answer(letters),
        answer(events));
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  private Asked<String> brokers() {
    try (Topics topics = Topics.connect(configuration.kafka())) {
      String topic = configuration.records().topic();
      String address = configuration.kafka().bootstrapServers();
      return Asked.of(
          topics.exists("records.topic", topic)
              ? address + " answer"
              : "%s answer; there is no topic %s (records.topic)".formatted(address, topic));
    }
  }

  private Asked<Checkpoints> ofEachKey() {
    return Asked.none("one of each key, on the topic " + FleetTopic.of(configuration.model()));
  }

  private static <T> Asked<T> behind(Asked<String> brokers, Supplier<Asked<T>> question) {
    return brokers.value() == null ? Asked.none("not known without brokers") : question.get();
  }

  private <T> Future<Asked<T>> ask(Supplier<Asked<T>> question) {
    return threads.submit(
        () -> {
          try {
            return question.get();
          } catch (InvalidSettingsException e) {
            return Asked.none(String.valueOf(e.problems().get(0)));
          } catch (BrokersAwayException | CheckpointException e) {
            return Asked.none(String.valueOf(e.getMessage()));
          } catch (KafkaException e) {
            return Asked.none("Kafka: " + Refusals.reason(e));
          }
        });
  }

  private <T> Asked<T> answer(Future<Asked<T>> question) throws InterruptedException {
    try {
      return question.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      question.cancel(true);
      return Asked.none("no answer within %d s".formatted(patience.toSeconds()));
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }
}
