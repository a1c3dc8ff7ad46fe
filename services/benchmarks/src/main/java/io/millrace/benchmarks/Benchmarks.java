package io.millrace.benchmarks;

import io.millrace.benchmarks.decoding.DecodingCommand;
import io.millrace.benchmarks.decoding.HostileCommand;
import io.millrace.benchmarks.drift.ClosedLoopCommand;
import io.millrace.benchmarks.drift.PrequentialCommand;
import io.millrace.benchmarks.drift.StoppingCommand;
import io.millrace.benchmarks.drift.TournamentCommand;
import io.millrace.benchmarks.fashion.FashionMnistCommand;
import io.millrace.benchmarks.fleet.FleetCommand;
import io.millrace.benchmarks.fuzz.FuzzServingCommand;
import io.millrace.benchmarks.pretraining.PretrainingCommand;
import io.millrace.benchmarks.rates.LrRangeCommand;
import io.millrace.benchmarks.serving.ServingCommand;
import io.millrace.benchmarks.simulation.SimulationCommand;
import io.millrace.benchmarks.step.AllocationCommand;
import io.millrace.benchmarks.step.MemoryCommand;
import io.millrace.benchmarks.step.TrainingStepCommand;
import io.millrace.benchmarks.stream.EndToEndCommand;
import io.millrace.benchmarks.stream.PageCommand;
import io.millrace.benchmarks.stream.ScrapesCommand;
import io.millrace.benchmarks.stream.TensorBoardCommand;
import io.millrace.benchmarks.tuning.SearchMethodsCommand;
import io.millrace.benchmarks.tuning.TuningCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The measurements behind the documentation's figures, as commands. */
@Command(
    name = "run",
    description = "Measures Millrace. Each command prints one line a figure.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      TrainingStepCommand.class,
      AllocationCommand.class,
      MemoryCommand.class,
      DecodingCommand.class,
      HostileCommand.class,
      EndToEndCommand.class,
      PageCommand.class,
      ScrapesCommand.class,
      TensorBoardCommand.class,
      PrequentialCommand.class,
      ClosedLoopCommand.class,
      StoppingCommand.class,
      TournamentCommand.class,
      SimulationCommand.class,
      FleetCommand.class,
      FashionMnistCommand.class,
      LrRangeCommand.class,
      PretrainingCommand.class,
      TuningCommand.class,
      SearchMethodsCommand.class,
      ServingCommand.class,
      FuzzServingCommand.class
    })
public final class Benchmarks {

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Benchmarks()).execute(arguments));
  }
}
