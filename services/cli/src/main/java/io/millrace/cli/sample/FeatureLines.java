package io.millrace.cli.sample;

import io.millrace.cli.tables.Quoted;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The features as lines of settings. Many that are treated alike share one. */
final class FeatureLines {
  /** With more lines than these, a person no longer reads them. */
  private static final int MOST_LINES = 40;

  private static final int LINE = 100;

  private FeatureLines() {}

  /**
   * One feature of one field or several.
   *
   * @param comment what was seen of its values
   */
  record Line(List<String> fields, String options, String comment) {
    Line {
      fields = List.copyOf(fields);
    }

    /** Returns the lines, the first one behind {@code begin}, the others as far to the right. */
    List<String> lines(String begin) {
      String margin = " ".repeat(begin.length());
      if (fields.size() == 1) {
        String line = "%s{field: %s, %s}".formatted(begin, Quoted.of(fields.get(0)), options);
        return List.of(line + "   # " + comment.replaceAll("\\s+", " "));
      }
      List<String> lines = new ArrayList<>();
      StringBuilder line = new StringBuilder(begin + "{" + options + ", fields: [");
      for (int i = 0; i < fields.size(); i++) {
        String item = Quoted.of(fields.get(i)) + (i < fields.size() - 1 ? ", " : "]}");
        if (line.length() + item.length() > LINE) {
          lines.add(line.toString().stripTrailing());
          line.setLength(0);
          line.append(margin).append(' ');
        }
        line.append(item);
      }
      lines.add(line.toString());
      return lines;
    }
  }

  /** Returns the features that the network sees as they are, in order. */
  static List<Line> plain(Analysis analysis) {
    List<FeatureGuess> used =
        analysis.features().stream()
            .filter(feature -> feature.isUsed() && feature.kind() != ColumnKind.TEXT)
            .toList();
    return used.size() <= MOST_LINES
        ? used.stream().map(FeatureLines::one).toList()
        : together(used);
  }

  /** Returns the texts, each of which is an input of its own. */
  static List<Line> texts(Analysis analysis) {
    return analysis.used(ColumnKind.TEXT).stream().map(FeatureLines::one).toList();
  }

  private static Line one(FeatureGuess feature) {
    return new Line(List.of(feature.name()), feature.options(), feature.comment());
  }

  private static List<Line> together(List<FeatureGuess> features) {
    Map<String, List<String>> fields = new LinkedHashMap<>();
    List<Line> lines = new ArrayList<>();
    for (FeatureGuess feature : features) {
      if (feature.kind() == ColumnKind.DATE || feature.kind() == ColumnKind.VECTOR) {
        lines.add(one(feature)); // these take one field
      } else {
        fields.computeIfAbsent(feature.options(), each -> new ArrayList<>()).add(feature.name());
      }
    }
    fields.forEach((options, names) -> lines.add(new Line(names, options, "")));
    return lines;
  }
}
