package io.millrace.benchmarks.decoding;

import com.sun.management.ThreadMXBean;
import io.millrace.learning.Counts;
import io.millrace.learning.Learner;
import io.millrace.learning.LearnerSettings;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.settings.Section;
import io.millrace.trainer.decoding.shared.RecordDecoder;
import io.millrace.trainer.decoding.shared.Rejected;
import io.millrace.trainer.decoding.shared.Rejected.Reason;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Takes damaged records as the trainer's loop does: each is trained, validated or rejected with a
 * reason, nothing stops it, and none takes much memory.
 */
@Command(
    name = "hostile",
    description =
        "Learns from mutated records, with wrong times: what became of them, the most heap bytes that"
            + " decoding one of them took, and by how much the heap grew. Fails where one is not"
            + " accounted for, or memory is not flat.",
    mixinStandardHelpOptions = true)
public final class HostileCommand implements Callable<Integer> {
  private static final int FEATURES = 16;
  private static final int VALID = 1000;
  private static final long NOON_MILLIS = 1_709_208_000_000L;

  /** Windows fill and classes are loaded: so much is no leak over a million records. */
  private static final long MOST_GROWTH_KIB = 32 * 1024;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Option(
      names = "--records",
      paramLabel = "N",
      defaultValue = "1000000",
      description = "Records of each format; default: ${DEFAULT-VALUE}.")
  private int records;

  @Option(
      names = "--formats",
      split = ",",
      paramLabel = "FORMAT",
      description = "The formats; default: all.")
  private List<String> formats = Sample.FORMATS;

  @Override
  public Integer call() throws IOException {
    boolean complete = true;
    for (String format : formats) {
      complete &= measure(format);
    }
    return complete ? 0 : 1;
  }

  private boolean measure(String format) throws IOException {
    Sample sample = new Sample(format, FEATURES);
    ModelDefinition model = sample.model();
    RecordDecoder decoder = sample.decoder();
    Learner learner = new Learner(model, LearnerSettings.read(Section.root(Map.of()), model));
    Random random = new Random(1);
    RecordMutations mutations = new RecordMutations(random);
    byte[][] valid = new byte[VALID][];
    for (int i = 0; i < VALID; i++) {
      valid[i] = sample.record(random);
    }
    Map<Reason, Integer> rejections = new EnumMap<>(Reason.class);
    long mostBytes = 0;
    long heapBefore = 0;
    for (int i = 0; i < records; i++) {
      heapBefore = i == Math.min(VALID, records - 1) ? liveHeap() : heapBefore;
      learner.context().setTimeMillis(mutations.time(NOON_MILLIS + i));
      byte[] damaged = mutations.of(valid[i % VALID]);
      long before = THREADS.getCurrentThreadAllocatedBytes();
      Rejected rejected = decoder.decode(damaged, learner.batch());
      long bytes = THREADS.getCurrentThreadAllocatedBytes() - before;
      mostBytes = i < VALID ? 0 : Math.max(mostBytes, bytes); // the first ones load classes
      if (rejected != null) {
        learner.reject();
        rejections.merge(rejected.reason(), 1, Integer::sum);
      } else if (learner.holdsOut(random.nextLong())) {
        learner.validate();
      } else {
        learner.train();
      }
    }
    learner.flush();
    long growth = (liveHeap() - heapBefore) / 1024;
    print(format, learner, rejections, mostBytes, growth);
    return learner.consumed() == records && growth < MOST_GROWTH_KIB;
  }

  private static long liveHeap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static void print(
      String format,
      Learner learner,
      Map<Reason, Integer> rejections,
      long mostBytes,
      long growth) {
    Counts counts = learner.progress().counts();
    System.out.println(
        "%s records=%d trained=%d scored=%d validated=%d rejected=%d %s phase=%s divergences=%d most_bytes=%d heap_growth_kib=%d"
            .formatted(
                format,
                learner.consumed(),
                counts.trained(),
                counts.scored(),
                counts.validated(),
                counts.rejected(),
                rejections,
                learner.progress().phase(),
                learner.progress().divergences(),
                mostBytes,
                growth)
            .toLowerCase(Locale.ROOT));
  }
}
