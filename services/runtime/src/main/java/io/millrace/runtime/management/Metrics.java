package io.millrace.runtime.management;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.millrace.runtime.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

/**
 * The metrics of this process: those of its services, and what helps of the JVM's and its Kafka
 * clients' ({@link ShownMeters}). All carry the label {@code model}, unless one is given.
 *
 * <p>Meters are safe for any thread. A service updates its own on its own thread, and a scrape
 * reads them on another.
 */
public final class Metrics implements AutoCloseable {
  /** The media type of {@link #scrape}: Prometheus's text format. */
  static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Tags ofModel;
  private final JvmGcMetrics garbageCollection = new JvmGcMetrics();
  private final List<KafkaClientMetrics> clients = new ArrayList<>();
  private final MeterSearch search = new MeterSearch();

  /** Creates metrics without a label for the model. */
  public Metrics() {
    this("");
  }

  /**
   * @param model the value of the label {@code model} of every meter that has none itself; empty
   *     for no such label
   */
  public Metrics(String model) {
    ofModel = model.isEmpty() ? Tags.empty() : Tags.of("model", model);
    registry.config().meterFilter(new ShownMeters()).commonTags(ofModel);
    garbageCollection.bindTo(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    Gauge.builder("millrace.build.info", () -> 1)
        .description("Always 1; the label says which version runs.")
        .tag("version", Version.current())
        .register(registry);
  }

  /** Returns the names of the shown meters that are the JVM's or Kafka's. */
  public static Set<String> ofOthers() {
    return ShownMeters.ofOthers();
  }

  /** Returns the registry for the services' meters. */
  public MeterRegistry registry() {
    return registry;
  }

  /**
   * Returns the labels of every meter. Micrometer's binders of Kafka's meters compare numbers of
   * labels, so they have to be told.
   */
  public Tags ofModel() {
    return ofModel;
  }

  /** Returns the executor on which a binder of Kafka's meters looks for new ones. */
  public ScheduledExecutorService meterSearch() {
    return search;
  }

  /** Adds a consumer's metrics. */
  public void watch(Consumer<?, ?> consumer) {
    watch(new KafkaClientMetrics(consumer, ofModel, search));
  }

  /** Adds a producer's metrics. */
  public void watch(Producer<?, ?> producer) {
    watch(new KafkaClientMetrics(producer, ofModel, search));
  }

  @Override
  public synchronized void close() {
    search.shutdownNow();
    clients.forEach(KafkaClientMetrics::close);
    garbageCollection.close();
    registry.close();
  }

  String scrape() {
    return registry.scrape();
  }

  private synchronized void watch(KafkaClientMetrics client) {
    clients.add(client);
    client.bindTo(registry);
  }
}
