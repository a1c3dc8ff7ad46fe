package io.millrace.benchmarks.step;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One training step under JMH. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class StepBenchmark {
  /** A network's name and a batch size. */
  @Param({"a:32"})
  @SuppressWarnings("NullAway.Init") // JMH sets it.
  String network;

  @SuppressWarnings("NullAway.Init") // JMH calls prepare first.
  private TrainingSteps steps;

  /** Compiles the network. */
  @Setup
  public void prepare() {
    String[] parts = network.split(":", 2);
    steps = new TrainingSteps(MeasuredNetwork.named(parts[0]), Integer.parseInt(parts[1]), 1);
  }

  @Benchmark
  public double step(HeapUse heapUse) {
    heapUse.steps++;
    return steps.step();
  }

  /** Counts the bytes that the measuring thread alone allocates in an iteration. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class HeapUse {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    public long steps;
    public long bytes;
    private long before;

    @Setup(Level.Iteration)
    public void begin() {
      before = THREADS.getCurrentThreadAllocatedBytes();
    }

    @TearDown(Level.Iteration)
    public void end() {
      bytes = THREADS.getCurrentThreadAllocatedBytes() - before;
    }
  }
}
