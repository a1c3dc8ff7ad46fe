package io.millrace.benchmarks.serving;

import picocli.CommandLine.Command;

/** The measurements of serving. */
@Command(
    name = "serving",
    description = "Measures the predictor as a process of its own.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      CompareCommand.class,
      RivalsCommand.class,
      SwapsCommand.class,
      FreshnessCommand.class,
      OverloadCommand.class,
      TerminationCommand.class
    })
public final class ServingCommand {}
