package io.millrace.benchmarks.decoding;

import com.sun.management.ThreadMXBean;
import io.millrace.learning.ModelDefinition;
import io.millrace.learning.Rows;
import io.millrace.proto.records.v1.Label;
import io.millrace.proto.records.v1.LabelledRecord;
import io.millrace.proto.records.v1.NamedValues;
import io.millrace.settings.Section;
import io.millrace.trainer.intake.JsonDecoder;
import io.millrace.trainer.intake.LabelledRecordDecoder;
import io.millrace.trainer.intake.RecordDecoder;
import io.millrace.trainer.intake.Rejected;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
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

/** Decoding one record after the other out of a thousand. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DecodingBenchmark {
  private static final int RECORDS = 1000;
  private static final List<String> CLASSES =
      IntStream.rangeClosed('A', 'Z').mapToObj(Character::toString).toList();

  /** A format and how many numbers a record has. */
  @Param({"json:16", "protobuf:16", "protobuf:64", "protobuf:784"})
  @SuppressWarnings("NullAway.Init") // JMH sets it.
  String format;

  private final byte[][] records = new byte[RECORDS][];

  @SuppressWarnings("NullAway.Init") // JMH calls prepare first.
  private RecordDecoder decoder;

  @SuppressWarnings("NullAway.Init")
  private Rows rows;

  private int next;

  /** Makes the records. */
  @Setup
  public void prepare() {
    String[] parts = format.split(":", 2);
    boolean json = parts[0].equals("json");
    int features = Integer.parseInt(parts[1]);
    ModelDefinition model = model(features);
    rows = new Rows(32, model.inputWidths(), model.targetWidths());
    decoder = json ? new JsonDecoder(model) : new LabelledRecordDecoder(model);
    Random random = new Random(1);
    for (int i = 0; i < RECORDS; i++) {
      records[i] = json ? json(features, random) : protobuf(features, random);
    }
  }

  @Benchmark
  public @Nullable Rejected decode(ThreadUse use) {
    use.records++;
    next = next + 1 == RECORDS ? 0 : next + 1;
    return decoder.decode(records[next], rows);
  }

  private static ModelDefinition model(int features) {
    List<String> fields = IntStream.range(0, features).mapToObj(i -> "field_" + i).toList();
    Map<String, Object> layer = Map.of("type", "dense", "units", CLASSES.size());
    Section root =
        Section.root(
            Map.of(
                "inputs", Map.of("features", Map.of("fields", fields)),
                "outputs", Map.of("letter", Map.of("classes", CLASSES)),
                "network", Map.of("layers", List.of(layer))));
    return ModelDefinition.read(root);
  }

  private static byte[] json(int features, Random random) {
    StringBuilder json = new StringBuilder("{");
    for (int i = 0; i < features; i++) {
      json.append("\"field_").append(i).append("\": ").append((float) random.nextGaussian());
      json.append(", ");
    }
    json.append("\"letter\": \"").append(letter(random)).append("\"}");
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] protobuf(int features, Random random) {
    NamedValues.Builder values = NamedValues.newBuilder().setName("features");
    for (int i = 0; i < features; i++) {
      values.addValues((float) random.nextGaussian());
    }
    return LabelledRecord.newBuilder()
        .addInputs(values)
        .addLabels(Label.newBuilder().setName("letter").setClassName(letter(random)))
        .build()
        .toByteArray();
  }

  private static String letter(Random random) {
    return CLASSES.get(random.nextInt(CLASSES.size()));
  }

  /** Counts what the measuring thread alone allocates and computes in an iteration. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class ThreadUse {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    public long records;
    public long bytes;

    /** Processor time: other processes do not count, however busy the machine is. */
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
