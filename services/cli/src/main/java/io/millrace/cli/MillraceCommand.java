package io.millrace.cli;

import io.millrace.runtime.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The command line: its commands, their options, and what they mean. */
@Command(
    name = "millrace",
    description = "Turns a Kafka topic of labelled records into a live, validated model.",
    mixinStandardHelpOptions = true,
    versionProvider = MillraceCommand.VersionProvider.class,
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "",
    subcommands = {
      DemoCommand.class,
      TryCommand.class,
      InitCommand.class,
      CheckCommand.class,
      SummaryCommand.class,
      TuneCommand.class,
      LrRangeCommand.class,
      BrokerCommand.class,
      ProduceCommand.class,
      GenerateCommand.class,
      ServiceCommands.RunCommand.class,
      ServiceCommands.TrainCommand.class,
      ServiceCommands.ServeCommand.class,
      ServiceCommands.JoinCommand.class,
      ServiceCommands.FleetCommand.class,
      PredictCommand.class,
      StatusCommand.class,
      SteeringCommands.WatchCommand.class,
      SteeringCommands.RetrainCommand.class,
      SteeringCommands.PauseCommand.class,
      SteeringCommands.ResumeCommand.class,
      SteeringCommands.PromoteCommand.class,
      SteeringCommands.RollbackCommand.class,
      CheckpointsCommand.class,
      ExportCommand.class,
      ImportCommand.class,
      DeadLettersCommand.class,
      CompletionCommand.class,
      HelpCommand.class
    },
    footer = {
      "",
      "Exit codes: 0 done, 1 failed, 2 wrong usage or settings.",
      "See a command's options with `millrace COMMAND --help`.",
      "See all topics with `millrace help`, and a page with `millrace help TOPIC`."
    })
final class MillraceCommand {
  /** The version of this build. */
  static final class VersionProvider implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"millrace " + Version.current()};
    }
  }
}
