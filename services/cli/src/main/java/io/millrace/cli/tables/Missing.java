package io.millrace.cli.tables;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The spellings of a missing value, in any case; an empty cell always is one. */
final class Missing {
  /** The usual ones. */
  static final List<String> SPELLINGS =
      List.of("?", "-", "NA", "N/A", "null", "None", "NaN", "#N/A");

  private final Set<String> spellings = new HashSet<>();
  private final int longest;

  Missing(List<String> spellings) {
    spellings.forEach(spelling -> this.spellings.add(spelling.toLowerCase(Locale.ROOT)));
    this.longest = spellings.stream().mapToInt(String::length).max().orElse(0);
  }

  /** Returns whether a stripped cell is missing. */
  boolean is(String cell) {
    return cell.isEmpty()
        || cell.length() <= longest && spellings.contains(cell.toLowerCase(Locale.ROOT));
  }
}
