package io.millrace.cli;

import io.millrace.cli.invocation.Configuration;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option {@code --config}, which all commands share that work on a model. */
final class ConfigOption {
  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "The model's settings file.")
  private @Nullable Path file;

  /**
   * Loads the file.
   *
   * @throws io.millrace.settings.InvalidSettingsException with everything that is wrong in it
   */
  Configuration load() {
    return Configuration.load(Objects.requireNonNull(file));
  }
}
