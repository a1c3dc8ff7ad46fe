package io.millrace.cli.documentation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A Markdown document, its links and the anchors of its headings, which are GitHub's.
 *
 * @param text the whole of it
 */
record Document(Path file, String text) {
  private static final Pattern LINK = Pattern.compile("\\[[^\\]]*]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.+)$");
  private static final Pattern FENCED = Pattern.compile("(?ms)^```.*?^```$");
  private static final Pattern INLINE_CODE = Pattern.compile("`[^`\\n]*`");
  private static final Pattern ELSEWHERE = Pattern.compile("[a-z][a-z0-9+.-]*:.*");

  static Document read(Path file) {
    try {
      return new Document(file, Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns what links lead to within the repository, as it is written. */
  List<String> links() {
    return LINK.matcher(INLINE_CODE.matcher(withoutPrograms()).replaceAll("code"))
        .results()
        .map(link -> link.group(1))
        .filter(target -> !ELSEWHERE.matcher(target).matches())
        .toList();
  }

  /**
   * Returns whether a link of this document leads to a file, and to a heading where it names one.
   */
  boolean resolves(String target) {
    int hash = target.indexOf('#');
    String name = hash < 0 ? target : target.substring(0, hash);
    Path found = name.isEmpty() ? file : file.resolveSibling(name).normalize();
    return Files.exists(found) && (hash < 0 || read(found).hasAnchor(target.substring(hash + 1)));
  }

  private boolean hasAnchor(String anchor) {
    Map<String, Integer> times = new HashMap<>();
    Set<String> anchors = new HashSet<>();
    HEADING
        .matcher(withoutPrograms())
        .results()
        .map(heading -> anchor(heading.group(1)))
        .forEach(
            base -> {
              int before = times.merge(base, 1, Integer::sum) - 1;
              anchors.add(before == 0 ? base : base + "-" + before);
            });
    return anchors.contains(anchor);
  }

  private static String anchor(String heading) {
    return heading
        .strip()
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N}_ -]", "")
        .replace(' ', '-');
  }

  private String withoutPrograms() {
    return FENCED.matcher(text).replaceAll("");
  }
}
