package io.millrace.cli.options;

import io.millrace.cli.failures.UsageException;
import io.millrace.cli.stretch.Bound;
import io.millrace.cli.stretch.Stretch;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which records are read into memory. */
public final class StretchOption {
  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "Rows to learn from, such as a CSV file; default: the records topic.")
  private @Nullable Path file;

  @Option(
      names = "--from",
      paramLabel = "WHERE",
      defaultValue = "earliest",
      description = "The topic's first record: " + Bound.ALLOWED + "; default: earliest.")
  private String from = "earliest";

  @Option(
      names = "--to",
      paramLabel = "WHERE",
      defaultValue = "now",
      description = "The topic's end, as --from; default: now.")
  private String to = "now";

  @Option(
      names = "--records",
      paramLabel = "N",
      description =
          "The most records: the newest of the topic, or the first of a file; default: as many as a"
              + " quarter of the memory holds.")
  private @Nullable Integer records;

  /**
   * Returns what is to be read.
   *
   * @throws UsageException if an option cannot be used
   */
  public Stretch stretch() {
    Arguments.atLeast("--records", records, 1);
    OptionalInt most = records == null ? OptionalInt.empty() : OptionalInt.of(records);
    return new Stretch(file, bound("--from", from), bound("--to", to), most);
  }

  private static Bound bound(String option, String text) {
    return Bound.parse(text)
        .orElseThrow(
            () ->
                new UsageException("%s is %s; allowed: %s".formatted(option, text, Bound.ALLOWED)));
  }
}
