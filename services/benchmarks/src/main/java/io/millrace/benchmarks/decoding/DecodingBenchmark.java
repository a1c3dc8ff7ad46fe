package io.millrace.benchmarks.decoding;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.ThreadMXBean;
import io.millrace.learning.features.Preparation;
import io.millrace.learning.model.ExampleBatch;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.trainer.decoding.shared.RecordDecoder;
import io.millrace.trainer.decoding.shared.Rejected;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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

/**
 * Decodes a thousand records in turn, and prepares every 32 rows for the network. For comparison,
 * Jackson's databind only builds a tree of the same JSON.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DecodingBenchmark {
  private static final int RECORDS = 1000;
  private static final int BATCH = 32;

  /** A format and the number of numeric fields in a record. */
  @Param({
    "json:16",
    "databind:16",
    "avro:16",
    "csv:16",
    "tf_example:16",
    "protobuf:16",
    "protobuf:64",
    "protobuf:784"
  })
  @SuppressWarnings("NullAway.Init") // JMH sets it.
  String format;

  private final byte[][] records = new byte[RECORDS][];

  @SuppressWarnings("NullAway.Init") // JMH calls prepare first.
  private RecordDecoder decoder;

  @SuppressWarnings("NullAway.Init")
  private ExampleBatch rows;

  @SuppressWarnings("NullAway.Init")
  private Preparation preparation;

  @SuppressWarnings("NullAway.Init")
  private float[] seen;

  private final ObjectMapper mapper = new ObjectMapper();
  private boolean databind;
  private int next;

  /** Creates the records. */
  @Setup
  public void prepare() throws IOException {
    String[] parts = format.split(":", 2);
    databind = parts[0].equals("databind");
    Sample sample = new Sample(databind ? "json" : parts[0], Integer.parseInt(parts[1]));
    ModelDefinition model = sample.model();
    rows = new ExampleBatch(BATCH, model.inputWidths(), model.targetWidths());
    preparation = new Preparation(model.inputs().get(0).features());
    seen = new float[BATCH * model.inputs().get(0).width()];
    decoder = sample.decoder();
    Random random = new Random(1);
    for (int i = 0; i < RECORDS; i++) {
      records[i] = sample.record(random);
    }
  }

  /** Decodes one record. */
  @Benchmark
  public @Nullable Object decode(ThreadUse use) throws IOException {
    use.records++;
    next = next + 1 == RECORDS ? 0 : next + 1;
    return databind ? mapper.readTree(records[next]) : row();
  }

  private @Nullable Rejected row() {
    Rejected rejected = decoder.decode(records[next], rows);
    rows.advance();
    if (rows.isFull()) {
      preparation.apply(rows.input(0), seen, BATCH);
      rows.clear();
    }
    return rejected;
  }

  /**
   * Measures the allocation and the processor time of the measuring thread alone, per iteration.
   */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class ThreadUse {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    public long records;
    public long bytes;

    /** Processor time, which does not depend on the load by other processes. */
    public long nanos;

    private long bytesBefore;
    private long nanosBefore;

    @Setup(Level.Iteration)
    public void begin() {
      bytesBefore = THREADS.getCurrentThreadAllocatedBytes();
      nanosBefore = THREADS.getCurrentThreadCpuTime();
    }

    @TearDown(Level.Iteration)
    public void end() {
      nanos = THREADS.getCurrentThreadCpuTime() - nanosBefore;
      bytes = THREADS.getCurrentThreadAllocatedBytes() - bytesBefore;
    }
  }
}
