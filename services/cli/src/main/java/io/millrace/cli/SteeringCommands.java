package io.millrace.cli;

import io.millrace.cli.failures.UsageException;
import io.millrace.cli.options.Arguments;
import io.millrace.cli.options.ConfigOption;
import io.millrace.cli.steering.RewindOption;
import io.millrace.cli.steering.SinceOption;
import io.millrace.cli.steering.Steering;
import io.millrace.cli.steering.Watching;
import io.millrace.proto.control.v1.Command;
import io.millrace.proto.control.v1.Pause;
import io.millrace.proto.control.v1.Promote;
import io.millrace.proto.control.v1.Resume;
import io.millrace.proto.control.v1.Retrain;
import io.millrace.proto.control.v1.Rollback;
import io.millrace.trainer.events.EventStart;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands that steer a running trainer, and the one that watches it. */
final class SteeringCommands {
  private SteeringCommands() {}

  /** A command that is sent to a trainer and waits for its answer. */
  abstract static class Sent implements Callable<Integer> {
    @Mixin private final ConfigOption config = new ConfigOption();

    @Option(
        names = "--id",
        paramLabel = "ID",
        description =
            "The command's id. Commands of one id are carried out once; default: a new id.")
    private @Nullable String id;

    @Option(
        names = "--timeout",
        paramLabel = "SECONDS",
        description =
            "The longest wait for the answer; default: 60, and 3 if no trainer seems to run.")
    private @Nullable Integer timeoutSeconds;

    /** Returns the command without its id and model. */
    abstract Command.Builder command();

    @Override
    public final Integer call() {
      Arguments.atLeast("--timeout", timeoutSeconds, 1);
      if (id != null && id.isEmpty()) {
        throw new UsageException("--id is empty; allowed: a text that no other command has");
      }
      Command.Builder command = command().setId(id == null ? UUID.randomUUID().toString() : id);
      Optional<Duration> timeout = Optional.ofNullable(timeoutSeconds).map(Duration::ofSeconds);
      return Steering.run(config.load(), command, timeout);
    }
  }

  /** The command {@code watch}. */
  @CommandLine.Command(
      name = "watch",
      mixinStandardHelpOptions = true,
      description = {
        "Shows the events of training as they happen, one line each, until stopped.",
        "With --since, it shows first what has been."
      })
  static final class WatchCommand implements Callable<Integer> {
    @Mixin private final ConfigOption config = new ConfigOption();

    @Option(names = "--json", description = "Print each event as JSON.")
    private boolean json;

    @Option(
        names = "--since",
        paramLabel = "START",
        description =
            "Begin with earlier events: " + SinceOption.ALLOWED + "; default: with the next one.")
    private @Nullable String since;

    @Override
    public Integer call() {
      EventStart start = since == null ? EventStart.NEXT : start(since);
      return Watching.run(config.load(), json, start);
    }

    private static EventStart start(String since) {
      return SinceOption.parse(since, Instant.now())
          .orElseThrow(
              () ->
                  new UsageException(
                      "--since is %s; allowed: %s".formatted(since, SinceOption.ALLOWED)));
    }
  }

  /** The command {@code retrain}. */
  @CommandLine.Command(
      name = "retrain",
      mixinStandardHelpOptions = true,
      description = {
        "Makes a running trainer begin a new round with a new optimizer, and with the current weights"
            + " or fresh ones.",
        "The new weights are a challenger: they are served once they are better than the champion."
      })
  static final class RetrainCommand extends Sent {
    @Option(
        names = "--rewind",
        paramLabel = "START",
        description =
            "Read records again from this position: "
                + RewindOption.ALLOWED
                + "; default: continue with new records.")
    private @Nullable String rewind;

    @Option(names = "--fresh", description = "Begin with fresh weights.")
    private boolean fresh;

    @Option(
        names = "--passes",
        paramLabel = "N",
        defaultValue = "1",
        description = "How often the records are read again; default: ${DEFAULT-VALUE}.")
    private int passes = 1;

    @Override
    Command.Builder command() {
      Arguments.atLeast("--passes", passes, 1);
      Retrain.Builder retrain = start().setFreshWeights(fresh).setPasses(passes);
      return Command.newBuilder().setRetrain(retrain);
    }

    private Retrain.Builder start() {
      if (rewind == null) {
        return Retrain.newBuilder().setContinue(Retrain.Continue.getDefaultInstance());
      }
      return RewindOption.parse(rewind)
          .orElseThrow(
              () ->
                  new UsageException(
                      "--rewind is %s; allowed: %s".formatted(rewind, RewindOption.ALLOWED)));
    }
  }

  /** The command {@code pause}. */
  @CommandLine.Command(
      name = "pause",
      mixinStandardHelpOptions = true,
      description = "Makes a running trainer consume no more records, also after a restart.")
  static final class PauseCommand extends Sent {
    @Override
    Command.Builder command() {
      return Command.newBuilder().setPause(Pause.getDefaultInstance());
    }
  }

  /** The command {@code resume}. */
  @CommandLine.Command(
      name = "resume",
      mixinStandardHelpOptions = true,
      description = "Makes a paused trainer consume records again.")
  static final class ResumeCommand extends Sent {
    @Override
    Command.Builder command() {
      return Command.newBuilder().setResume(Resume.getDefaultInstance());
    }
  }

  /** The command {@code promote}. */
  @CommandLine.Command(
      name = "promote",
      mixinStandardHelpOptions = true,
      description =
          "Serves the learner's current weights, and then its newer ones. With a version, serves that"
              + " version until another command.")
  static final class PromoteCommand extends Sent {
    @Parameters(
        arity = "0..1",
        paramLabel = "VERSION",
        description = "A retained version; default: the learner's current weights.")
    private @Nullable Long version;

    @Override
    Command.Builder command() {
      Promote.Builder promote = Promote.newBuilder().setVersion(version == null ? 0 : version);
      return Command.newBuilder().setPromote(promote);
    }
  }

  /** The command {@code rollback}. */
  @CommandLine.Command(
      name = "rollback",
      mixinStandardHelpOptions = true,
      description = "Serves the previous champion until another command.")
  static final class RollbackCommand extends Sent {
    @Parameters(
        arity = "0..1",
        paramLabel = "VERSION",
        description = "A retained version; default: the champion's predecessor.")
    private @Nullable Long version;

    @Override
    Command.Builder command() {
      Rollback.Builder rollback = Rollback.newBuilder().setVersion(version == null ? 0 : version);
      return Command.newBuilder().setRollback(rollback);
    }
  }
}
