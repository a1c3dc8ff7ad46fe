package io.millrace.trainer.page;

import io.millrace.page.history.Evaluated;
import io.millrace.page.history.Happening;
import io.millrace.page.history.History;
import io.millrace.page.history.Mark;
import io.millrace.proto.events.v1.Evaluation;
import io.millrace.proto.events.v1.TrainingEvent;
import io.millrace.runtime.kafka.ClientProperties;
import io.millrace.runtime.kafka.KafkaSettings;
import io.millrace.runtime.kafka.TopicIds;
import io.millrace.runtime.lifecycle.Work;
import io.millrace.trainer.events.EventReader;
import io.millrace.trainer.events.EventStart;
import io.millrace.trainer.events.EventWords;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a model's events from the beginning of their topic and follows them, so that the history
 * outlives the process. On a thread of its own: training neither waits for it nor fails with it. A
 * topic that is away is tried again for as long as it takes.
 */
public final class HistoryReader implements Work {
  private static final Logger LOGGER = LoggerFactory.getLogger(HistoryReader.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final int PATIENCE_MILLIS = 5_000;

  /** How often it is checked whether the topic was created anew. */
  private static final Duration CHECK = Duration.ofSeconds(5);

  private final KafkaSettings kafka;
  private final String topic;
  private final String model;
  private final History history;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private @Nullable TopicIds topicIds;
  private @Nullable EventReader reader;
  private String topicId = "";
  private long checkedAt = System.nanoTime();
  private long number;

  /** Events up to this number are known already. */
  private long known;

  public HistoryReader(KafkaSettings kafka, String topic, String model, History history) {
    this.kafka = kafka;
    this.topic = topic;
    this.model = model;
    this.history = history;
  }

  @Override
  public void doWork() {
    try {
      EventReader open = reader == null ? open() : reader;
      reader = open;
      open.poll(POLL).forEach(this::add);
      if (System.nanoTime() - checkedAt > CHECK.toNanos()) {
        checkTopic();
      }
    } catch (InterruptException e) {
      throw e;
    } catch (KafkaException e) {
      LOGGER.debug("The events are not there; they are looked for again", e);
      closeReader();
      await();
    }
  }

  @Override
  public void wakeUp() {
    stopping.countDown();
  }

  @Override
  public void onClose() {
    closeReader();
    if (topicIds != null) {
      topicIds.close();
    }
  }

  private EventReader open() {
    if (topicIds == null) {
      topicIds = new TopicIds(kafka);
    }
    String id = topicIds.apply(topic);
    if (!id.isEmpty() && !id.equals(topicId)) {
      topicId = id;
      known = 0; // what is on another topic is of this model's next events, or of a new life
    }
    Map<String, Object> properties = new ClientProperties(kafka).consumer("millrace-history");
    properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
    EventReader opened = new EventReader(properties, topic, model, EventStart.EARLIEST);
    checkedAt = System.nanoTime();
    return opened;
  }

  /** A reader of a topic that is gone would ask for it without a pause. */
  private void checkTopic() {
    checkedAt = System.nanoTime();
    String id = topicIds == null ? topicId : topicIds.apply(topic);
    if (!id.equals(topicId)) {
      throw new UnknownTopicOrPartitionException("%s was deleted".formatted(topic));
    }
  }

  private void add(TrainingEvent event) {
    if (event.getNumber() <= known) {
      return;
    }
    known = 0;
    number = event.getNumber();
    happening(event).ifPresent(history::add);
  }

  private void closeReader() {
    if (reader != null) {
      reader.close();
      reader = null;
      known = number; // the next reader begins with the oldest event again
    }
  }

  private void await() {
    try {
      if (stopping.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
        LOGGER.debug("Stops");
      }
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  private static Optional<Happening> happening(TrainingEvent event) {
    return switch (event.getEventCase()) {
      case EVENT_NOT_SET -> Optional.empty();
      case EVALUATION -> Optional.of(evaluated(event, event.getEvaluation()));
      default ->
          Optional.of(
              new Mark(
                  event.getNumber(),
                  event.getRecords(),
                  event.getTimeMillis(),
                  Names.lower(event.getEventCase()),
                  EventWords.of(event)));
    };
  }

  private static Evaluated evaluated(TrainingEvent event, Evaluation evaluation) {
    double rate = evaluation.getLearningRate();
    Map<String, Double> shares = new LinkedHashMap<>();
    evaluation.getRivalsList().forEach(rival -> shares.put(rival.getName(), rival.getShare()));
    return new Evaluated(
        event.getNumber(),
        event.getRecords(),
        event.getTimeMillis(),
        evaluation.getMetricsMap(),
        rate == 0 ? Double.NaN : rate,
        shares);
  }
}
