package io.millrace.cli.documentation;

import io.millrace.cli.deployment.Repository;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The {@code ./millrace} commands in the README and the pages. */
final class ReadmeCommands {
  private static final Pattern PROMPT = Pattern.compile("(?m)^\\$ \\./millrace (.*)$");
  private static final Pattern INLINE = Pattern.compile("`\\./millrace ([^`]*)`");
  private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

  private ReadmeCommands() {}

  /** Returns the arguments of the commands at prompts in the README, in order. */
  static List<String[]> atPrompts() {
    return find(PROMPT, Repository.text("README.md"));
  }

  /** Returns the arguments of the commands in sentences of all documents. */
  static List<String[]> inSentences() {
    return Documents.all().stream()
        .flatMap(document -> find(INLINE, document.text()).stream())
        .toList();
  }

  private static List<String[]> find(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(result -> words(result.group(1))).toList();
  }

  private static String[] words(String command) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(command);
    while (matcher.find()) {
      if (matcher.group().equals("&")) {
        continue; // in the background
      }
      words.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
    }
    return words.toArray(String[]::new);
  }
}
