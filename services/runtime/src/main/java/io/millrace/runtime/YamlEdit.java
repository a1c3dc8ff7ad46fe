package io.millrace.runtime;

import io.millrace.runtime.YamlDocument.InvalidYamlException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * Sets an option in the text of a {@linkplain YamlDocument document}. Comments and layout stay.
 *
 * <p>The result is read again and compared, so a document that this cannot edit, such as one in
 * which another option shares the value by an alias, is refused and never damaged.
 */
final class YamlEdit {
  private static final DumpSettings ONE_LINE =
      DumpSettings.builder().setDefaultFlowStyle(FlowStyle.FLOW).setWidth(10_000).build();

  private final String text;
  private final Object value;

  private YamlEdit(String text, Object value) {
    this.text = text;
    this.value = value;
  }

  /**
   * Sets an option. Sections that are missing on its path are inserted.
   *
   * @param text a document that could be read; its root is a section
   * @param path the keys that lead to the option
   * @param value a number, a text, a flag, or a map of them
   * @return the new text; empty if the option cannot be set without changing anything else
   */
  static Optional<String> set(String text, List<String> path, Object value) {
    Node root = YamlDocument.root(text).orElse(null);
    Optional<String> edited =
        root instanceof MappingNode map
            ? new YamlEdit(text, value).set(map, path)
            : Optional.empty();
    return edited.filter(result -> isMeant(text, result, path, value));
  }

  private Optional<String> set(MappingNode section, List<String> path) {
    List<String> below = path.subList(1, path.size());
    for (NodeTuple entry : section.getValue()) {
      if (entry.getKeyNode() instanceof ScalarNode key && key.getValue().equals(path.get(0))) {
        Node present = entry.getValueNode();
        if (below.isEmpty()) {
          return Optional.of(replaced(present, inOneLine(value)));
        }
        return present instanceof MappingNode map
            ? set(map, below)
            : Optional.of(replaced(present, inOneLine(nested(below, value))));
      }
    }
    return inserted(section, inOneLine(Map.of(path.get(0), nested(below, value))));
  }

  /**
   * Inserts an entry behind the first one of a section, or before it if its end is not sure.
   *
   * @param entry a section with one entry, in braces
   */
  private Optional<String> inserted(MappingNode section, String entry) {
    String bare = entry.substring(1, entry.length() - 1);
    if (section.getValue().isEmpty()) {
      return Optional.of(replaced(section, entry));
    }
    NodeTuple first = section.getValue().get(0);
    Mark key = start(first.getKeyNode());
    if (section.getFlowStyle() == FlowStyle.FLOW) {
      return Optional.of(at(offset(key), bare + ", "));
    }
    String line = bare + newLine() + " ".repeat(key.getColumn());
    boolean isPlain =
        first.getValueNode() instanceof ScalarNode scalar
            && !scalar.getValue().isEmpty()
            && start(scalar).getLine() == end(scalar).getLine();
    int lineEnd = isPlain ? text.indexOf('\n', offset(end(first.getValueNode()))) : -1;
    return Optional.of(
        lineEnd < 0
            ? at(offset(key), line)
            : at(lineEnd + 1, " ".repeat(key.getColumn()) + bare + newLine()));
  }

  private String replaced(Node node, String by) {
    String before = text.substring(0, offset(start(node)));
    return before + (before.endsWith(":") ? " " : "") + by + text.substring(offset(end(node)));
  }

  private String at(int offset, String inserted) {
    return text.substring(0, offset) + inserted + text.substring(offset);
  }

  private String newLine() {
    return text.contains("\r\n") ? "\r\n" : "\n";
  }

  /** Marks count code points. */
  private int offset(Mark mark) {
    return text.offsetByCodePoints(0, mark.getIndex());
  }

  private static Mark start(Node node) {
    return node.getStartMark().orElseThrow();
  }

  private static Mark end(Node node) {
    return node.getEndMark().orElseThrow();
  }

  private static Object nested(List<String> path, Object value) {
    return path.isEmpty()
        ? value
        : Map.of(path.get(0), nested(path.subList(1, path.size()), value));
  }

  private static String inOneLine(Object value) {
    return new Dump(ONE_LINE).dumpToString(value).strip();
  }

  private static boolean isMeant(String before, String after, List<String> path, Object value) {
    try {
      Object written = YamlDocument.read(inOneLine(value)); // in the types of a document
      Object expected = with(YamlDocument.read(before), path, Objects.requireNonNull(written));
      return expected.equals(YamlDocument.read(after));
    } catch (InvalidYamlException e) {
      return false;
    }
  }

  private static Object with(@Nullable Object tree, List<String> path, Object value) {
    if (path.isEmpty()) {
      return value;
    }
    Map<Object, Object> result = new LinkedHashMap<>();
    if (tree instanceof Map<?, ?> section) {
      section.forEach(result::put);
    } else if (tree != null) {
      result.put("", tree); // a value is not replaced by a section
    }
    List<String> below = new ArrayList<>(path.subList(1, path.size()));
    result.put(path.get(0), with(result.get(path.get(0)), below, value));
    return result;
  }
}
