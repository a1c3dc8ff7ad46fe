package io.millrace.runtime.management;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
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
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

/**
 * The metrics of this process: those of the JVM, of its Kafka clients, and of its services.
 *
 * <p>Meters are safe for any thread. A service updates its own on its own thread, and a scrape
 * reads them on another.
 */
public final class Metrics implements AutoCloseable {
  /** The media type of {@link #scrape}: Prometheus's text format. */
  static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics garbageCollection = new JvmGcMetrics();
  private final List<KafkaClientMetrics> clients = new ArrayList<>();

  public Metrics() {
    garbageCollection.bindTo(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ClassLoaderMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    Gauge.builder("millrace.build", () -> 1)
        .description("Always 1; the label says which version runs.")
        .tag("version", Version.current())
        .register(registry);
  }

  /** Returns the registry for the services' meters. */
  public MeterRegistry registry() {
    return registry;
  }

  /** Adds a consumer's metrics. */
  public void watch(Consumer<?, ?> consumer) {
    watch(new KafkaClientMetrics(consumer));
  }

  /** Adds a producer's metrics. */
  public void watch(Producer<?, ?> producer) {
    watch(new KafkaClientMetrics(producer));
  }

  @Override
  public synchronized void close() {
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
