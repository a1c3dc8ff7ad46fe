package io.millrace.runtime;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/** Writes a document as YAML, with comments. */
final class YamlText {
  private static final DumpSettings SETTINGS =
      DumpSettings.builder().setDefaultFlowStyle(FlowStyle.AUTO).setWidth(100).build();

  private YamlText() {}

  /**
   * Returns a document that {@link YamlDocument#read} reads as the same tree.
   *
   * @param comments by the path of an option, what is written behind it
   */
  static String of(Map<String, Object> document, Map<String, String> comments) {
    String text = new Dump(SETTINGS).dumpToString(document);
    YamlLines lines = YamlDocument.lines(text);
    List<String> result = Arrays.asList(text.split("\n"));
    comments.forEach(
        (path, comment) -> {
          OptionalInt line = lines.lineOf(path);
          if (line.isPresent()) {
            int index = line.getAsInt() - 1;
            String written = result.get(index);
            String end = "  # " + comment;
            result.set(index, written.endsWith(end) ? written : written + end);
          }
        });
    return String.join("\n", result) + "\n";
  }
}
