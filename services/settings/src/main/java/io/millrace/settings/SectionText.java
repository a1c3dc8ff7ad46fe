package io.millrace.settings;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Formats sections with a type on one line: {@code sgd (learning_rate 0.1, momentum 0.9)}. */
public final class SectionText {
  private static final Set<String> TYPES = Set.of("type", "schedule");

  private SectionText() {}

  /** Returns a section's type and options; formats lists of sections and plain values too. */
  public static String line(Object tree) {
    if (tree instanceof List<?> list) {
      return list.stream().map(SectionText::line).collect(Collectors.joining(", "));
    }
    if (!(tree instanceof Map<?, ?> section)) {
      return Scalars.written(tree);
    }
    String type =
        TYPES.stream()
            .filter(section::containsKey)
            .map(section::get)
            .map(Scalars::written)
            .collect(Collectors.joining());
    String options =
        section.entrySet().stream()
            .filter(option -> !TYPES.contains(String.valueOf(option.getKey())))
            .map(option -> option.getKey() + " " + line(option.getValue()))
            .collect(Collectors.joining(", "));
    return options.isEmpty() ? type : type + " (" + options + ")";
  }
}
