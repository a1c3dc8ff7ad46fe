package io.millrace.cli;

import io.millrace.cli.failures.UsageException;
import io.millrace.cli.help.HelpTopics;
import io.millrace.settings.Spelling;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code help}: the options of a command, or a page of the documentation. */
@Command(
    name = "help",
    helpCommand = true,
    mixinStandardHelpOptions = true,
    description = "Shows a command's options, or a page of the documentation.")
final class HelpCommand implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "COMMAND or TOPIC",
      description = "Default: the list of both.")
  private List<String> names = new ArrayList<>();

  @Override
  public void run() {
    CommandLine root = Objects.requireNonNull(spec).root().commandLine();
    PrintWriter out = root.getOut();
    Optional<CommandLine> command = command(root);
    if (names.isEmpty()) {
      root.usage(out);
      out.print(topics());
    } else if (command.isPresent()) {
      command.get().usage(out);
    } else {
      out.print(HelpTopics.page(names.get(0)).orElseThrow(() -> unknown(root)));
    }
    out.flush();
  }

  private Optional<CommandLine> command(CommandLine root) {
    CommandLine found = root;
    for (String name : names) {
      found = found == null ? null : found.getSubcommands().get(name);
    }
    return Optional.ofNullable(found);
  }

  private UsageException unknown(CommandLine root) {
    String written = String.join(" ", names);
    List<String> known = new ArrayList<>(root.getSubcommands().keySet());
    known.addAll(HelpTopics.all().keySet());
    String problem = "there is no command and no topic " + written;
    return new UsageException(
        Spelling.nearest(written, known)
            .map(meant -> problem + "; did you mean " + meant + "?")
            .orElse(problem + "; `millrace help` lists them"));
  }

  private static String topics() {
    StringBuilder text = new StringBuilder(String.format("%nTopics, `millrace help TOPIC`:%n"));
    for (Map.Entry<String, String> topic : HelpTopics.all().entrySet()) {
      text.append(String.format("  %-24s %s%n", topic.getKey(), topic.getValue()));
    }
    return text.toString();
  }
}
