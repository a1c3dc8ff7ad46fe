package io.millrace.settings;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** What is said of a key that nobody reads. */
final class UnknownKey {
  private UnknownKey() {}

  /**
   * Returns the problem with the key.
   *
   * @param known the keys of its section
   * @param described the options of the whole document
   */
  static String problem(String key, Collection<String> known, List<Described> described) {
    String meant = Spelling.suggestion(key, known);
    return "is not known here; %sallowed: %s"
        .formatted(meant.isEmpty() ? elsewhere(key, described) : meant, String.join(", ", known));
  }

  /** Returns where the key would be known, if that is one place only. */
  private static String elsewhere(String key, List<Described> described) {
    List<String> sections =
        described.stream()
            .map(Described::path)
            .flatMap(path -> section(path, key))
            .distinct()
            .toList();
    return sections.size() == 1 ? "it belongs to the section %s; ".formatted(sections.get(0)) : "";
  }

  private static Stream<String> section(String path, String key) {
    return path.endsWith("." + key)
        ? Stream.of(path.substring(0, path.length() - key.length() - 1))
        : Stream.empty();
  }
}
