package io.millrace.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine.Help;
import picocli.CommandLine.IHelpSectionRenderer;

/** The commands in the help of {@code millrace}, grouped by purpose. */
final class CommandList implements IHelpSectionRenderer {
  private static final String ALIGNED = "%-12s";
  private static final List<Group> GROUPS =
      List.of(
          new Group("Begin", List.of("demo", "try", "init", "check", "summary")),
          new Group("Choose", List.of("tune", "lr-range")),
          new Group(
              "Run",
              List.of("broker", "produce", "generate", "run", "train", "serve", "join", "fleet")),
          new Group("Ask", List.of("predict")),
          new Group("Steer", List.of("watch", "retrain", "pause", "resume", "promote", "rollback")),
          new Group("Look", List.of("status", "checkpoints", "export", "import", "dead-letters")),
          new Group("Learn more", List.of("help", "completion")));

  @Override
  public String render(Help help) {
    StringBuilder text = new StringBuilder();
    for (Group group : GROUPS) {
      Map<String, String> descriptions = new LinkedHashMap<>();
      for (String name : group.commands()) {
        descriptions.put(String.format(ALIGNED, name), description(help, name));
      }
      text.append(String.format("%n%s%n", group.heading()));
      text.append(help.createTextTable(descriptions));
    }
    return text.toString();
  }

  private static String description(Help help, String name) {
    Help command = Objects.requireNonNull(help.subcommands().get(name), name);
    return command.commandSpec().usageMessage().description()[0].replace("%%", "%");
  }

  private record Group(String heading, List<String> commands) {}
}
