package io.millrace.benchmarks.decoding;

import com.sun.management.ThreadMXBean;
import io.millrace.learning.ModelDefinition;
import io.millrace.learning.Rows;
import io.millrace.trainer.intake.RecordDecoder;
import io.millrace.trainer.intake.Rejected;
import io.millrace.trainer.intake.Rejected.Reason;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Decodes damaged records: each gives a row or a reason, and none takes much memory. */
@Command(
    name = "hostile",
    description =
        "Decodes mutated records of every format: what became of them, and the most heap bytes that"
            + " one of them took.",
    mixinStandardHelpOptions = true)
public final class HostileCommand implements Callable<Integer> {
  private static final int FEATURES = 16;
  private static final int VALID = 1000;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Option(
      names = "--records",
      paramLabel = "N",
      defaultValue = "1000000",
      description = "Records of each format; default: ${DEFAULT-VALUE}.")
  private int records;

  @Override
  public Integer call() throws IOException {
    for (String format : Sample.FORMATS) {
      measure(format);
    }
    return 0;
  }

  private void measure(String format) throws IOException {
    Sample sample = new Sample(format, FEATURES);
    ModelDefinition model = sample.model();
    RecordDecoder decoder = sample.decoder();
    Rows rows = new Rows(1, model.inputWidths(), model.targetWidths());
    Random random = new Random(1);
    byte[][] valid = new byte[VALID][];
    for (int i = 0; i < VALID; i++) {
      valid[i] = sample.record(random);
    }
    Map<Reason, Integer> rejections = new EnumMap<>(Reason.class);
    long mostBytes = 0;
    int usable = 0;
    for (int i = 0; i < records; i++) {
      byte[] damaged = damaged(valid[i % VALID], random);
      long before = THREADS.getCurrentThreadAllocatedBytes();
      Rejected rejected = decoder.decode(damaged, rows);
      mostBytes = Math.max(mostBytes, THREADS.getCurrentThreadAllocatedBytes() - before);
      if (rejected == null) {
        usable++;
      } else {
        rejections.merge(rejected.reason(), 1, Integer::sum);
      }
    }
    System.out.println(
        "%s records=%d usable=%d rejected=%s most_bytes=%d"
            .formatted(format, records, usable, rejections, mostBytes)
            .toLowerCase(Locale.ROOT));
  }

  /** Returns a copy with some bytes replaced, doubled or dropped, or with its end cut off. */
  private static byte[] damaged(byte[] valid, Random random) {
    byte[] bytes = valid.clone();
    for (int times = 1 + random.nextInt(4); times > 0 && bytes.length > 0; times--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(5)) {
        case 0 -> bytes = Arrays.copyOf(bytes, at);
        case 1 -> bytes = spliced(bytes, at, at + 1);
        case 2 -> bytes = spliced(bytes, at, Math.max(0, at - random.nextInt(8)));
        default -> bytes[at] = (byte) random.nextInt();
      }
    }
    return bytes;
  }

  private static byte[] spliced(byte[] bytes, int end, int resume) {
    byte[] result = Arrays.copyOf(bytes, end + bytes.length - resume);
    System.arraycopy(bytes, resume, result, end, bytes.length - resume);
    return result;
  }
}
