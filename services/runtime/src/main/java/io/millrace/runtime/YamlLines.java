package io.millrace.runtime;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** The lines of a {@linkplain YamlDocument document}, for messages about its options. */
final class YamlLines {
  /** An index, and the path below it. */
  private static final Pattern INDEX = Pattern.compile("\\[(\\d{1,9})\\](.*)");

  private final Optional<Node> root;

  /**
   * @param settings as the document was read with
   * @param text a document that could be read
   */
  YamlLines(LoadSettings settings, String text) {
    root = new Compose(settings).composeString(text);
  }

  /**
   * Returns the line, from 1, of an option, or of the innermost section that there is of its path.
   *
   * @param path dotted keys with indices, such as {@code network.layers[0].units}
   */
  OptionalInt lineOf(String path) {
    return root.map(node -> below(node, path, OptionalInt.empty())).orElse(OptionalInt.empty());
  }

  private static OptionalInt below(Node node, String path, OptionalInt found) {
    Matcher index = INDEX.matcher(path);
    if (node instanceof SequenceNode list && index.lookingAt()) {
      return item(list.getValue(), index, found);
    }
    String keys = path.startsWith(".") ? path.substring(1) : path;
    if (node instanceof MappingNode map && !keys.isEmpty()) {
      for (NodeTuple entry : map.getValue()) {
        if (entry.getKeyNode() instanceof ScalarNode key && leads(key.getValue(), keys)) {
          String rest = keys.substring(key.getValue().length());
          return below(entry.getValueNode(), rest, lineOf(key, found));
        }
      }
    }
    return found;
  }

  private static OptionalInt item(List<Node> items, Matcher index, OptionalInt found) {
    int item = Integer.parseInt(index.group(1));
    return item < items.size()
        ? below(items.get(item), index.group(2), lineOf(items.get(item), found))
        : found;
  }

  private static boolean leads(String key, String keys) {
    return keys.equals(key) || keys.startsWith(key + ".") || keys.startsWith(key + "[");
  }

  private static OptionalInt lineOf(Node node, OptionalInt otherwise) {
    return node.getStartMark().map(mark -> OptionalInt.of(mark.getLine() + 1)).orElse(otherwise);
  }
}
