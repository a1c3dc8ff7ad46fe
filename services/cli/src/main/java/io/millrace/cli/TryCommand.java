package io.millrace.cli;

import io.millrace.cli.invocation.Logs;
import io.millrace.cli.options.Arguments;
import io.millrace.cli.tryout.TryOptions;
import io.millrace.cli.tryout.Tryout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code try}. */
@Command(
    name = "try",
    mixinStandardHelpOptions = true,
    description = {
      "Learns from a file of rows, such as a CSV file, and says how good the model is. Needs no"
          + " broker and no settings, and leaves nothing behind.",
      "Exits with 1 where the model is no better than always answering the most frequent class, or"
          + " the mean."
    })
final class TryCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "The rows to learn from.")
  private @Nullable Path file;

  @Option(names = "--label", paramLabel = "COLUMN", description = "What is learned; else guessed.")
  private @Nullable String label;

  @Option(
      names = "--test",
      paramLabel = "FILE",
      description = "Rows kept apart, to score the model by, too.")
  private @Nullable Path test;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Keep the settings that were guessed. A file that is there stays.")
  private @Nullable Path output;

  @Option(
      names = "--passes",
      paramLabel = "MOST",
      description = "The most passes over the rows; default: as many as they need.")
  private @Nullable Integer passes;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Arguments.atLeast("--passes", passes, 1);
    Path rows = Objects.requireNonNull(file);
    OptionalInt most = passes == null ? OptionalInt.empty() : OptionalInt.of(passes);
    Logs.silent();
    return Tryout.run(new TryOptions(rows, label, test, output, most), Guesses.file(rows, label));
  }
}
