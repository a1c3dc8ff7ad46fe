package io.millrace.cli.options;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option {@code --rate}, shared by all commands that send records. */
public final class RateOption {
  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "The most records per second; default: no limit.")
  private @Nullable Integer rate;

  /** Returns the records to send per second; 0 for as fast as possible. */
  public int perSecond() {
    Arguments.atLeast("--rate", rate, 1);
    return rate == null ? 0 : rate;
  }
}
