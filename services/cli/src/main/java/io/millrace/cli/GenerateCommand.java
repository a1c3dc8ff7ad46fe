package io.millrace.cli;

import io.millrace.cli.failures.CommandFailedException;
import io.millrace.cli.failures.UsageException;
import io.millrace.cli.generate.GeneratedRows;
import io.millrace.cli.invocation.Configuration;
import io.millrace.cli.options.Arguments;
import io.millrace.cli.options.RateOption;
import io.millrace.cli.produce.Pace;
import io.millrace.cli.produce.Producing;
import io.millrace.learning.generators.ExampleGenerator;
import io.millrace.learning.generators.Generators;
import io.millrace.settings.Section;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code generate}. */
@Command(
    name = "generate",
    mixinStandardHelpOptions = true,
    description = {
      "Generates the records of a standard data stream with known concept drifts: to the settings'"
          + " records topic, to a CSV file, or as CSV to the terminal.",
      "Streams: agrawal, friedman (numbers), hyperplane, led, rbf, sea."
    })
final class GenerateCommand implements Callable<Integer> {
  private static final String LABEL = "label";
  private static final int CHECK_EVERY = 1000;

  @Parameters(paramLabel = "STREAM", description = "The stream's name.")
  private String stream = "";

  @Mixin private final RateOption rate = new RateOption();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Writes to the records topic of this settings file, in its format.")
  private @Nullable Path config;

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "Writes to this CSV file; gzip, if its name ends in .gz.")
  private @Nullable Path file;

  @Option(
      names = "--records",
      paramLabel = "N",
      defaultValue = "100000",
      description = "The number of records; default: ${DEFAULT-VALUE}.")
  private long records;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "The random seed; the same seed gives the same records; default: 1.")
  private @Nullable String seed;

  @Option(
      names = "--functions",
      paramLabel = "N,...",
      split = ",",
      description =
          "The numbers of the concepts in order; a repeated number is a recurring concept.")
  private @Nullable List<String> functions;

  @Option(
      names = "--drift-at",
      paramLabel = "N,...",
      split = ",",
      description = "The record numbers at which the next concept begins.")
  private @Nullable List<String> driftAt;

  @Option(
      names = "--drift-width",
      paramLabel = "N,...",
      split = ",",
      description = "The number of records a drift takes; default: 1, which is abrupt.")
  private @Nullable List<String> driftWidth;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = {
        "Options of some streams: noise (hyperplane, led, sea), blur (agrawal),"
            + " classes and speed (rbf), drifting_features and change (hyperplane)."
      })
  private Map<String, String> further = new LinkedHashMap<>();

  @Override
  public Integer call() throws IOException {
    Arguments.atLeast("--records", records, 1);
    int perSecond = rate.perSecond();
    ExampleGenerator generator = generator();
    if (config == null) {
      toCsv(new GeneratedRows(generator, LABEL, List.of()));
      return 0;
    }
    if (file != null) {
      throw new UsageException("give either --config or --file");
    }
    return Producing.generated(Configuration.load(config), generator, records, perSecond);
  }

  private ExampleGenerator generator() {
    Map<String, Object> settings = new LinkedHashMap<>(further);
    settings.put("type", stream);
    putPresent(settings, "seed", seed);
    putPresent(settings, "functions", functions);
    putPresent(settings, "drift_at", driftAt);
    putPresent(settings, "drift_width", driftWidth);
    Section section = Section.root(settings);
    ExampleGenerator generator = Generators.read(section);
    section.finish();
    return generator;
  }

  private static void putPresent(Map<String, Object> settings, String key, @Nullable Object value) {
    if (value != null) {
      settings.put(key, value);
    }
  }

  private void toCsv(GeneratedRows rows) throws IOException {
    if (file == null) {
      OutputStream buffered = new BufferedOutputStream(System.out, 1 << 16);
      write(rows, new PrintStream(buffered, false, StandardCharsets.UTF_8), System.out);
      return;
    }
    OutputStream raw = new BufferedOutputStream(Files.newOutputStream(file));
    OutputStream packed = file.toString().endsWith(".gz") ? new GZIPOutputStream(raw) : raw;
    try (PrintStream lines = new PrintStream(packed, false, StandardCharsets.UTF_8)) {
      write(rows, lines, lines);
      if (lines.checkError()) {
        throw new CommandFailedException(file + " could not be written");
      }
    }
    System.out.println("generated " + records + " records to " + file);
  }

  /**
   * Writes the rows. Ends early if the reader has gone, as after {@code | head}.
   *
   * @param end the last stream that {@code target} writes to, which reports errors
   */
  private void write(GeneratedRows rows, PrintStream target, PrintStream end) {
    Pace pace = new Pace(rate.perSecond(), System::nanoTime);
    target.println(String.join(",", rows.header()));
    for (long record = 0; record < records; record++) {
      if (record % CHECK_EVERY == 0 && end.checkError()) {
        return;
      }
      pace.await();
      target.println(String.join(",", rows.next()));
    }
    target.flush();
  }
}
