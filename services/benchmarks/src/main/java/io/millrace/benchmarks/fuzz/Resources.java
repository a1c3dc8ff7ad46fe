package io.millrace.benchmarks.fuzz;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.ToDoubleFunction;

/**
 * Measures the resources of this process repeatedly. Memory must stay what it was after a tenth of
 * all requests, and no thread of the server may end. Safe for any thread.
 */
final class Resources {
  private static final double MEBIBYTE = 1 << 20;

  /**
   * The allowed growth of each, in MiB. The embedded broker alone varies by a few mebibytes; over a
   * million requests this is 16 bytes per request.
   */
  private static final double MOST_HEAP_GROWTH = 16;

  private static final double MOST_BUFFER_GROWTH = 32;
  private static final double MOST_RESIDENT_GROWTH = 96;

  private final List<Measure> measures = new CopyOnWriteArrayList<>();
  private final List<String> uncaught = new CopyOnWriteArrayList<>();
  private final List<Thread> threads;

  private Resources(List<Thread> threads) {
    this.threads = threads;
  }

  /** Begins to watch the threads of a running server. */
  static Resources begin() {
    Resources resources =
        new Resources(
            Thread.getAllStackTraces().keySet().stream().filter(Resources::isOurs).toList());
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, failure) -> resources.uncaught.add(thread.getName() + ": " + failure));
    return resources;
  }

  private static boolean isOurs(Thread thread) {
    return thread.getName().startsWith("millrace-") || thread.getName().startsWith("vert.x-event");
  }

  /** Collects garbage, and records what is left. */
  void measure() {
    System.gc();
    measures.add(
        new Measure(
            ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MEBIBYTE,
            bufferBytes() / MEBIBYTE,
            residentMebibytes()));
  }

  private static long bufferBytes() {
    return ByteBufAllocator.DEFAULT instanceof ByteBufAllocatorMetricProvider provider
        ? provider.metric().usedDirectMemory()
        : 0;
  }

  private static double residentMebibytes() {
    try {
      return Files.readAllLines(Path.of("/proc/self/status")).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
          .sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // exists on every Linux
    }
  }

  /** Returns the problems found; empty if there are none. */
  List<String> problems() {
    List<String> problems = new ArrayList<>(uncaught);
    threads.stream()
        .filter(thread -> !thread.isAlive())
        .forEach(thread -> problems.add("thread " + thread.getName() + " has ended"));
    grown(problems, "heap", Measure::heap, MOST_HEAP_GROWTH);
    grown(problems, "memory of buffers", Measure::buffers, MOST_BUFFER_GROWTH);
    grown(problems, "resident memory", Measure::resident, MOST_RESIDENT_GROWTH);
    return problems;
  }

  private void grown(
      List<String> problems, String what, ToDoubleFunction<Measure> part, double most) {
    double growth =
        part.applyAsDouble(measures.get(measures.size() - 1)) - part.applyAsDouble(measures.get(0));
    if (growth > most) {
      problems.add(String.format(Locale.ROOT, "%s has grown by %.1f MiB", what, growth));
    }
  }

  @Override
  public String toString() {
    Measure first = measures.get(0);
    Measure last = measures.get(measures.size() - 1);
    return String.format(
        Locale.ROOT,
        "heap_mib=%.1f..%.1f buffers_mib=%.1f..%.1f resident_mib=%.0f..%.0f",
        first.heap,
        last.heap,
        first.buffers,
        last.buffers,
        first.resident,
        last.resident);
  }

  /**
   * Memory in MiB.
   *
   * @param buffers network buffers outside the heap, including pooled ones
   */
  private record Measure(double heap, double buffers, double resident) {}
}
