package io.millrace.benchmarks.decoding;

import io.millrace.learning.Counts;
import io.millrace.learning.Learner;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Feeds damaged records, keys, headers and timestamps to a trainer. Each must be trained, validated
 * or rejected with a reason and a dead letter. None may stop the trainer or take much memory.
 */
@Command(
    name = "hostile",
    description =
        "Lets a trainer with topics in memory meet mutated values, keys, headers and times: what"
            + " became of the records, the most heap bytes that decoding one took, and by how much"
            + " the heap grew. Fails where one is not accounted for, a right one is rejected, or"
            + " memory is not flat.",
    mixinStandardHelpOptions = true)
public final class HostileCommand implements Callable<Integer> {
  private static final int FEATURES = 16;
  private static final int TENTHS = 10;

  /** Counted from a tenth of the records on, when windows are full and classes are loaded. */
  private static final long MOST_GROWTH_KIB = 8 * 1024;

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
    HostileTrainer trainer =
        new HostileTrainer(new Sample(format, FEATURES), records, records / TENTHS);
    long heapBefore = 0;
    while (trainer.learner().consumed() < records) {
      trainer.turn();
      if (heapBefore == 0 && trainer.learner().consumed() >= records / TENTHS) {
        heapBefore = liveHeap();
      }
    }
    trainer.finish();
    long growth = (liveHeap() - heapBefore) / 1024;
    print(format, trainer, growth);
    Counts counts = trainer.learner().progress().counts();
    return trainer.learner().consumed() == records
        && trainer.letters().letters() == counts.rejected()
        && trainer.letters().wrong() == 0
        && growth < MOST_GROWTH_KIB;
  }

  private static long liveHeap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static void print(String format, HostileTrainer trainer, long growth) {
    Learner learner = trainer.learner();
    LetterCount letters = trainer.letters();
    Counts counts = learner.progress().counts();
    System.out.println(
        ("%s records=%d trained=%d scored=%d validated=%d rejected=%d letters=%d %s wrong=%d"
                + " phase=%s divergences=%d most_bytes=%d heap_growth_kib=%d")
            .formatted(
                format,
                learner.consumed(),
                counts.trained(),
                counts.scored(),
                counts.validated(),
                counts.rejected(),
                letters.letters(),
                letters.byReason(),
                letters.wrong(),
                learner.progress().phase(),
                learner.progress().divergences(),
                trainer.mostBytes(),
                growth)
            .toLowerCase(Locale.ROOT));
  }
}
