package io.millrace.cli.monitoring;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A metric as a scrape shows it.
 *
 * @param labels the names of its labels, without {@code le} and {@code quantile}
 * @param samples its lines, each a name, labels and a value
 */
record Family(String name, String type, String help, Set<String> labels, List<String> samples) {
  private static final Pattern COMMENT = Pattern.compile("# (HELP|TYPE) (\\S+) (.*)");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"(?:[^\"\\\\]|\\\\.)*\"");
  private static final Set<String> OF_THE_FORMAT = Set.of("le", "quantile");

  /** Reads Prometheus' text format. Returns the families by their names, in their order. */
  static Map<String, Family> read(String scrape) {
    Map<String, Family> families = new LinkedHashMap<>();
    String help = "";
    Family current = null;
    for (String line : scrape.lines().toList()) {
      Matcher comment = COMMENT.matcher(line);
      if (!comment.matches()) {
        Objects.requireNonNull(current, line).add(line);
      } else if (comment.group(1).equals("HELP")) {
        help = comment.group(3);
      } else {
        current =
            new Family(
                comment.group(2), comment.group(3), help, new TreeSet<>(), new ArrayList<>());
        families.put(current.name, current);
        help = "";
      }
    }
    return families;
  }

  /** Returns the names of its samples, those with suffixes such as {@code _bucket} included. */
  Set<String> sampleNames() {
    Set<String> names = new TreeSet<>();
    samples.forEach(sample -> names.add(sample.replaceFirst("[{ ].*", "")));
    return names;
  }

  /**
   * Returns the buckets of each histogram in it, as the largest number of lines with equal labels.
   */
  long buckets() {
    Map<String, Long> buckets = new LinkedHashMap<>();
    samples.stream()
        .filter(sample -> sample.startsWith(name + "_bucket{"))
        .forEach(sample -> buckets.merge(sample.replaceFirst(",?le=\".*", ""), 1L, Long::sum));
    return buckets.values().stream().mapToLong(Long::longValue).max().orElse(0);
  }

  private void add(String sample) {
    samples.add(sample);
    Matcher label = LABEL.matcher(sample);
    while (label.find()) {
      if (!OF_THE_FORMAT.contains(label.group(1))) {
        labels.add(label.group(1));
      }
    }
  }
}
