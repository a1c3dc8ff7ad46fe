package io.millrace.cli;

import io.millrace.cli.invocation.Configuration;
import io.millrace.cli.invocation.Logs;
import io.millrace.cli.options.ConfigOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The commands that run services until they are stopped. */
final class ServiceCommands {
  private ServiceCommands() {}

  /** A command that runs services on the settings alone. */
  abstract static class Running implements Callable<Integer> {
    @Mixin private final ConfigOption config = new ConfigOption();

    /** Runs the services and returns the exit code. */
    abstract int run(Configuration configuration) throws InterruptedException;

    @Override
    public final Integer call() throws InterruptedException {
      Logs.forPeople();
      return run(config.load());
    }
  }

  /** The command {@code train}. */
  @Command(
      name = "train",
      mixinStandardHelpOptions = true,
      description = "Trains on the records topic and publishes checkpoints, until it is stopped.")
  static final class TrainCommand extends Running {
    @Override
    int run(Configuration configuration) throws InterruptedException {
      return Services.train(configuration);
    }
  }

  /** The command {@code serve}. */
  @Command(
      name = "serve",
      mixinStandardHelpOptions = true,
      description = "Serves predictions of the newest checkpoint over gRPC, until it is stopped.")
  static final class ServeCommand extends Running {
    @Override
    int run(Configuration configuration) throws InterruptedException {
      return Services.serve(configuration);
    }
  }

  /** The command {@code run}. */
  @Command(
      name = "run",
      mixinStandardHelpOptions = true,
      description = {
        "Trains and serves in one process, until it is stopped. The two are joined only by the"
            + " checkpoint topic, as they are in two processes."
      })
  static final class RunCommand extends Running {
    @Override
    int run(Configuration configuration) throws InterruptedException {
      return Services.run(configuration);
    }
  }

  /** The command {@code join}. */
  @Command(
      name = "join",
      mixinStandardHelpOptions = true,
      description = {
        "Joins features and labels that come later on another topic into records on the records"
            + " topic, until it is stopped. The settings' section join names the two topics."
      })
  static final class JoinCommand extends Running {
    @Override
    int run(Configuration configuration) throws InterruptedException {
      return Services.join(configuration);
    }
  }

  /** The command {@code fleet}. */
  @Command(
      name = "fleet",
      mixinStandardHelpOptions = true,
      description = {
        "Learns a model for each key of the records topic, until it is stopped. The settings'"
            + " section fleet says what the key is; `millrace serve` answers with these models."
      })
  static final class FleetCommand extends Running {
    @Override
    int run(Configuration configuration) throws InterruptedException {
      return Services.fleet(configuration);
    }
  }
}
