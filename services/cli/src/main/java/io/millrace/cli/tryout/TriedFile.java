package io.millrace.cli.tryout;

import io.millrace.cli.failures.CommandFailedException;
import io.millrace.cli.invocation.Configuration;
import io.millrace.cli.sample.FileGuess;
import io.millrace.cli.tables.Table;
import io.millrace.cli.tables.WantedColumns;
import io.millrace.runtime.SettingsFile;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The file that is tried: what {@code init} understands of it, and its rows.
 *
 * @param guess the model for it
 */
record TriedFile(TryOptions options, FileGuess guess, Rows rows) {
  private static final String NO_BROKER = "localhost:9092";
  static final int SMALL = 10_000;
  private static final int LEAST = 10;

  /** What a try has otherwise than {@code run}: ports that are free, and checkpoints at once. */
  private static final Map<String, String> HERE =
      Map.of(
          "MILLRACE_SERVING__PORT", "0",
          "MILLRACE_CHECKPOINTS__INTERVAL", "200ms",
          "MILLRACE_TRAINING__MAX_BATCH_AGE", "500ms");

  /**
   * Reads the file.
   *
   * @throws CommandFailedException with one sentence if a model cannot be learned from it
   */
  static TriedFile read(TryOptions options, FileGuess guess) {
    Configuration configuration = configuration(guess, NO_BROKER);
    if (options.test() != null) {
      requireColumns(options.test(), configuration);
    }
    Rows rows = Rows.read(options.file(), configuration);
    requireEnough(options.file(), rows);
    return new TriedFile(options, guess, rows);
  }

  /** Returns whether the rows held out of one training are too few to say how good it is. */
  boolean isSmall() {
    return rows.areKept() && rows.usable() <= SMALL;
  }

  /** Returns the settings that {@code init} would write. */
  Configuration configuration() {
    return configuration(guess, NO_BROKER);
  }

  /** Returns the settings for a broker in this process. */
  Configuration configuration(String bootstrapServers) {
    return configuration(guess, bootstrapServers);
  }

  /** Returns what was understood of the file, for people. */
  List<String> understood() {
    return guess.lines();
  }

  /** Writes the settings where the options want them kept. */
  void writeSettings() throws IOException {
    Path output = options.output();
    if (output == null) {
      return;
    }
    try {
      Files.writeString(output, guess.yaml(), StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException e) {
      throw new CommandFailedException(output + " exists; name another file by --output");
    }
  }

  /** Returns the commands that go on from here. */
  List<String> nextCommands() {
    Path settings = options.output() == null ? Path.of("model.yaml") : options.output();
    List<String> lines = new ArrayList<>(List.of("", "next, each in a terminal of its own:"));
    if (options.output() == null) {
      String label = options.label() == null ? "" : " --label '" + options.label() + "'";
      lines.add("  millrace init --file " + options.file() + " --output " + settings + label);
    }
    lines.add("  millrace broker --data broker-data");
    lines.add(
        "  millrace produce --config %s --file %s --until-converged"
            .formatted(settings, options.file()));
    lines.add("  millrace run --config " + settings);
    lines.add("");
    return lines;
  }

  private static Configuration configuration(FileGuess guess, String bootstrapServers) {
    Map<String, String> overrides = new HashMap<>(System.getenv());
    overrides.putAll(HERE);
    overrides.put("MILLRACE_KAFKA__BOOTSTRAP_SERVERS", bootstrapServers);
    return SettingsFile.parse(guess.file(), guess.yaml(), overrides).read(Configuration::read);
  }

  private static void requireColumns(Path test, Configuration configuration) {
    try (Table table = Table.open(test, configuration.file())) {
      WantedColumns.require(test.toString(), table.columns(), configuration.definition());
    }
  }

  private static void requireEnough(Path file, Rows rows) {
    if (rows.usable() == 0 && rows.all() > 0) {
      throw new CommandFailedException(
          "no row of %s can be used: %s".formatted(file, rows.rejections().lines().get(0)));
    }
    if (rows.usable() < LEAST || rows.heldOut() == 0) {
      throw new CommandFailedException(
          "%s has %d rows that can be used: too few to learn from some and to judge by others"
              .formatted(file, rows.usable()));
    }
  }
}
