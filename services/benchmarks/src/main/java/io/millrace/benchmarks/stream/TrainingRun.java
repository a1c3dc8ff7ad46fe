package io.millrace.benchmarks.stream;

import io.millrace.runtime.http.HttpService;
import io.millrace.runtime.lifecycle.Health;
import io.millrace.runtime.management.ManagementRoutes;
import io.millrace.runtime.management.Metrics;
import io.millrace.settings.Section;
import io.millrace.trainer.TrainerService;
import io.millrace.trainer.TrainerSettings;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One run of the trainer, as a service, over a workload's records.
 *
 * <p>The first quarter of the records warms up the just-in-time compiler. The time is measured from
 * then to the last progress that the trainer reported before the records ran out.
 */
final class TrainingRun {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration PERIOD = Duration.ofMillis(5);
  private static final Set<String> THREADS = Set.of("millrace-trainer", "millrace-tensorboard");

  private final Workload workload;
  private final TrainerService service;
  private final Health health = new Health();
  private final Metrics metrics;
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  /**
   * What differs between runs of one workload.
   *
   * @param suffix of the model's name
   * @param sections further sections of the settings
   */
  record Setting(String suffix, Map<String, Object> sections) {
    static final Setting PLAIN = new Setting("", Map.of());
  }

  TrainingRun(Workload workload, Setting setting, String bootstrapServers, Metrics metrics) {
    this.workload = workload;
    this.metrics = metrics;
    Map<String, Object> document = workload.document(bootstrapServers);
    document.merge("model", setting.suffix(), (model, suffix) -> model.toString() + suffix);
    document.putAll(setting.sections());
    Section root = Section.root(document);
    TrainerSettings settings = TrainerSettings.read(root);
    root.finish();
    this.service =
        new TrainerService(
            settings, health, metrics, (name, thrown) -> failure.compareAndSet(null, thrown));
  }

  /** Does the same while somebody looks at the trainer's page. */
  Throughput measureWithPage() throws InterruptedException {
    HttpService management = service.management(new ManagementRoutes(health, metrics));
    management.start();
    try {
      PageViewer viewer = new PageViewer(management.port());
      Throughput measured = measure();
      if (!viewer.isOpen() || viewer.bytes() == 0) {
        throw new IllegalStateException("nobody looked at the page");
      }
      return measured;
    } finally {
      management.stop(PATIENCE);
    }
  }

  /** Trains on all records and returns the measurement. */
  Throughput measure() throws InterruptedException {
    service.start();
    await(1); // the training thread starts once brokers have answered
    try (ActivitySampler sampler =
        new ActivitySampler(ActivitySampler.thread("millrace-" + service.name()))) {
      Moment begin = new Moment(await(workload.records() / 4), sampler);
      Moment end = begin;
      for (long records = begin.records; records < workload.records(); ) {
        records = await(records + 1);
        end = records < workload.records() ? new Moment(records, sampler) : end;
      }
      return begin.until(end);
    } finally {
      service.stop(PATIENCE);
    }
  }

  /** Waits until the trainer has reported at least this many records, and returns their number. */
  private long await(long records) throws InterruptedException {
    for (; ; ) {
      long done = service.progress().learning().counts().records();
      if (done >= records) {
        return done;
      }
      if (failure.get() != null) {
        throw new IllegalStateException("The trainer failed", failure.get());
      }
      Thread.sleep(PERIOD.toMillis());
    }
  }

  private static final class Moment {
    private final long records;
    private final long nanos = System.nanoTime();
    private final long processorNanos = processorNanos();
    private final int[] samples;

    Moment(long records, ActivitySampler sampler) {
      this.records = records;
      this.samples = sampler.counts();
    }

    Throughput until(Moment end) {
      int[] between = new int[samples.length];
      for (int i = 0; i < between.length; i++) {
        between[i] = end.samples[i] - samples[i];
      }
      return new Throughput(
          end.records - records,
          (end.nanos - nanos) / 1e9,
          (end.processorNanos - processorNanos) / 1e9,
          between);
    }

    private static long processorNanos() {
      ThreadMXBean threads = ManagementFactory.getThreadMXBean();
      return Thread.getAllStackTraces().keySet().stream()
          .filter(thread -> THREADS.contains(thread.getName()))
          .mapToLong(thread -> Math.max(0, threads.getThreadCpuTime(thread.getId())))
          .sum();
    }
  }
}
