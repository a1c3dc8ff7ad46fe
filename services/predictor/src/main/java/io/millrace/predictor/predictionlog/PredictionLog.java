package io.millrace.predictor.predictionlog;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.checkpoints.failures.Refusals;
import io.millrace.runtime.LogKeys;
import io.millrace.runtime.lifecycle.Work;
import io.millrace.runtime.management.Metrics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes predictions to a topic, on its own thread.
 *
 * <p>Any thread may call {@link #offer}. It never waits: it takes a lock for a step or two and does
 * not wake the writing thread, which polls. Predictions are dropped and counted when the queue is
 * full or Kafka is away for long. So a slow log never delays answers.
 */
public final class PredictionLog implements Work {
  private static final Logger LOGGER = LoggerFactory.getLogger(PredictionLog.class);
  private static final Duration PAUSE = Duration.ofMillis(5);
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

  /**
   * How long the writing thread waits for buffer space in the producer before it drops a
   * prediction.
   */
  private static final int MAX_BLOCK_MILLIS = 1000;

  private static final int LINGER_MILLIS = 20;

  /**
   * The producer waits for each acknowledgement, so the records that gather meanwhile go together.
   */
  private static final int BATCH_BYTES = 128 << 10;

  private static final long PURPOSE = 1;

  private final PredictionLogSettings settings;
  private final Map<String, Object> producerProperties;
  private final Metrics metrics;
  private final Counter written;
  private final Counter dropped;
  private final AtomicLong withoutId = new AtomicLong();
  private final Set<Class<?>> told = ConcurrentHashMap.newKeySet();
  private List<RecordedCall> waiting = new ArrayList<>();
  private List<RecordedCall> taken = new ArrayList<>();
  private int waitingRows;
  private volatile boolean isAway;
  private volatile boolean stopping;
  private @Nullable Producer<byte[], byte[]> producer;

  /**
   * @param producerProperties how to connect to Kafka
   */
  public PredictionLog(
      PredictionLogSettings settings, Map<String, Object> producerProperties, Metrics metrics) {
    this.settings = settings;
    this.producerProperties = new HashMap<>(producerProperties);
    this.producerProperties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK_MILLIS);
    this.producerProperties.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, LINGER_MILLIS);
    this.producerProperties.putIfAbsent(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
    this.metrics = metrics;
    this.written = counter(metrics.registry(), "written", "Predictions that Kafka has taken.");
    this.dropped =
        counter(metrics.registry(), "dropped", "Predictions that were not written down.");
  }

  /** Returns whether a request is part of the sample. The result is always the same for an id. */
  public boolean wants(String id) {
    double number =
        id.isEmpty() ? Sampling.of(withoutId.incrementAndGet()) : Sampling.of(id, PURPOSE);
    return number < settings.sample();
  }

  /** Queues a call for the log, or drops it if the queue is full. */
  public void offer(RecordedCall call) {
    synchronized (this) {
      if (waitingRows + call.rows() <= settings.queueRows()) {
        waiting.add(call);
        waitingRows += call.rows();
        return;
      }
    }
    dropped.increment(call.rows());
  }

  @Override
  public void onStart() {
    producer = new KafkaProducer<>(producerProperties);
    metrics.watch(producer);
  }

  @Override
  public void doWork() {
    take();
    if (taken.isEmpty()) {
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    taken.forEach(this::write);
    taken.clear();
  }

  @Override
  public void wakeUp() {
    stopping = true;
  }

  /**
   * Writes what is still queued. Once Kafka is away it drops the rest: each row would wait for a
   * timeout.
   */
  @Override
  public void onStop() {
    doWork();
  }

  @Override
  public void onClose() {
    if (producer != null) {
      producer.close(CLOSE_PATIENCE);
    }
  }

  private synchronized void take() {
    List<RecordedCall> empty = taken;
    taken = waiting;
    waiting = empty;
    waitingRows = 0;
  }

  private void write(RecordedCall call) {
    for (int row = 0; row < call.rows(); row++) {
      ProducerRecord<byte[], byte[]> record =
          new ProducerRecord<>(
              settings.topic(), key(call, row), call.prediction(row).toByteArray());
      send(record);
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the callback receives the failure
  private void send(ProducerRecord<byte[], byte[]> record) {
    if (producer == null) {
      throw new IllegalStateException("not started");
    }
    if (stopping && isAway) {
      dropped.increment();
      return;
    }
    try {
      producer.send(record, (place, failure) -> sent(failure));
    } catch (KafkaException e) {
      sent(e);
    }
  }

  /** Counts a prediction. The first failure of each kind is logged; later ones are only counted. */
  private void sent(@Nullable Exception failure) {
    isAway = failure instanceof TimeoutException; // also when the producer's buffer stayed full
    if (failure == null) {
      written.increment();
      return;
    }
    dropped.increment();
    if (told.add(failure.getClass())) {
      LOGGER
          .atWarn()
          .addKeyValue(LogKeys.TOPIC, settings.topic())
          .addKeyValue(LogKeys.REASON, Refusals.reason(failure))
          .log("A prediction was not written down; serving goes on");
    }
  }

  private static byte @Nullable [] key(RecordedCall call, int row) {
    if (call.id().isEmpty()) {
      return null;
    }
    String key = call.rows() == 1 ? call.id() : call.id() + "/" + row;
    return key.getBytes(StandardCharsets.UTF_8);
  }

  private static Counter counter(MeterRegistry registry, String name, String description) {
    return Counter.builder("millrace.prediction.log." + name)
        .description(description)
        .register(registry);
  }
}
