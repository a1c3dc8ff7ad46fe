package io.millrace.cli;

import io.millrace.settings.Spelling;
import java.io.PrintWriter;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Reports wrong usage: what is wrong, what was probably meant, and where the options are listed.
 */
final class UsageReport implements IParameterExceptionHandler {

  @Override
  public int handleParseException(ParameterException failure, String[] arguments) {
    CommandLine command = failure.getCommandLine();
    PrintWriter err = command.getErr();
    List<String> unmatched = unmatched(failure, command);
    if (unmatched.isEmpty() && !command.getSubcommands().isEmpty()) {
      command.usage(err); // a group of commands without one of them
    } else {
      String problem =
          unmatched.isEmpty() ? failure.getMessage() : problem(unmatched.get(0), command);
      err.println("millrace: " + problem);
      err.println("Try `" + command.getCommandSpec().qualifiedName() + " --help`.");
    }
    return CommandLine.ExitCode.USAGE;
  }

  /** Returns what nobody knows, which matters more than what is missing on account of it. */
  private static List<String> unmatched(ParameterException failure, CommandLine command) {
    return failure instanceof UnmatchedArgumentException unmatched
        ? unmatched.getUnmatched()
        : command.getUnmatchedArguments();
  }

  private static String problem(String unmatched, CommandLine command) {
    String written = unmatched.split("=", 2)[0];
    String name = command.getCommandSpec().qualifiedName();
    if (written.startsWith("-")) {
      Set<String> options = command.getCommandSpec().optionsMap().keySet();
      return sentence("%s has no option %s".formatted(name, written), written, options);
    }
    Set<String> commands = command.getSubcommands().keySet();
    return commands.isEmpty()
        ? "%s takes no '%s' here".formatted(name, written)
        : sentence("%s has no command %s".formatted(name, written), written, commands);
  }

  private static String sentence(String problem, String written, Set<String> known) {
    return Spelling.nearest(written, known)
        .map(meant -> problem + "; did you mean " + meant + "?")
        .orElse(problem);
  }
}
