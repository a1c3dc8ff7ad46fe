package io.millrace.cli.options;

import io.millrace.cli.invocation.Configuration;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option {@code --config}, shared by all commands that work on a model. */
public final class ConfigOption {
  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "The model's settings file.")
  private @Nullable Path file;

  /** Returns the file. */
  public Path file() {
    return Objects.requireNonNull(file);
  }

  /**
   * Loads the file.
   *
   * @throws io.millrace.settings.InvalidSettingsException with all problems of the file
   */
  public Configuration load() {
    return Configuration.load(file());
  }
}
