package io.millrace.cli;

import picocli.CommandLine;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The process that {@code ./millrace} starts. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  /** Returns the commands, ready to parse and run. */
  public static CommandLine commandLine() {
    CommandLine commandLine =
        new CommandLine(new MillraceCommand())
            .setExecutionExceptionHandler(new FailureReport())
            .setParameterExceptionHandler(new UsageReport())
            .setUsageHelpAutoWidth(true)
            .setCaseInsensitiveEnumValuesAllowed(true);
    commandLine
        .getHelpSectionMap()
        .put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, new CommandList());
    return commandLine;
  }
}
