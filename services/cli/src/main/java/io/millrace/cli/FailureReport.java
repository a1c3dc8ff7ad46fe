package io.millrace.cli;

import io.millrace.checkpoints.failures.CheckpointException;
import io.millrace.checkpoints.failures.Refusals;
import io.millrace.cli.failures.CommandFailedException;
import io.millrace.cli.failures.UsageException;
import io.millrace.client.NoAnswerException;
import io.millrace.runtime.kafka.BrokersAwayException;
import io.millrace.settings.InvalidSettingsException;
import java.io.IOException;
import java.io.PrintWriter;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/**
 * Reports why a command failed and returns its exit code: 2 for unusable settings or wrong usage,
 * otherwise 1. Failures that the user can fix get a message; a stack trace is for ours to fix.
 */
final class FailureReport implements IExecutionExceptionHandler {

  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
    PrintWriter err = command.getErr();
    if (failure instanceof InvalidSettingsException invalid) {
      err.println("millrace: these settings cannot be used:");
      invalid.problems().forEach(problem -> err.println("  " + problem));
      return CommandLine.ExitCode.USAGE;
    }
    if (failure instanceof UsageException) {
      err.println("millrace: " + failure.getMessage());
      err.println("Try `" + command.getCommandSpec().qualifiedName() + " --help`.");
      return CommandLine.ExitCode.USAGE;
    }
    if (failure instanceof NoAnswerException) {
      err.println(
          "millrace: %s; `millrace run` or `millrace serve` has to run there"
              .formatted(failure.getMessage()));
    } else if (failure instanceof CommandFailedException
        || failure instanceof CheckpointException
        || failure instanceof IOException) {
      err.println("millrace: " + failure.getMessage());
    } else if (failure instanceof BrokersAwayException) {
      err.println("millrace: " + failure.getMessage());
    } else if (failure instanceof KafkaException) {
      err.println("millrace: Kafka: " + Refusals.reason(failure));
    } else {
      err.println("millrace: this should not have happened; please report it:");
      Throwable cause = failure.getCause();
      (failure instanceof ExecutionException && cause != null ? cause : failure)
          .printStackTrace(err);
    }
    return CommandLine.ExitCode.SOFTWARE;
  }
}
