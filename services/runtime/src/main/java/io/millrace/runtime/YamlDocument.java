package io.millrace.runtime;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.constructor.StandardConstructor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * One document of YAML 1.2, as maps, lists, texts, numbers and booleans. Keys are unique.
 *
 * <p>Aliases are supported, because generators write them for equal parts; {@code <<} merges an
 * aliased map into a section. At most {@value #MOST_ALIASES} aliases may add at most {@value
 * #MOST_ADDED} values in total, so a document is never much larger than its text, and none contains
 * itself. Tags are refused, because there are no other types.
 */
final class YamlDocument {
  private static final int MOST_ALIASES = 500;
  private static final long MOST_ADDED = 100_000;
  private static final int DEEPEST = 100;

  private static final Set<Tag> TAGS =
      Set.of(Tag.MAP, Tag.SEQ, Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL);

  /** Stands for the size of a node that is being measured. */
  private static final long OPEN = -1;

  private static final LoadSettings SETTINGS =
      LoadSettings.builder()
          .setSchema(new WrittenNumbers())
          .setAllowDuplicateKeys(false)
          .setMaxAliasesForCollections(MOST_ALIASES)
          .build();

  private final Map<Node, Long> sizes = new IdentityHashMap<>();
  private long added;

  private YamlDocument() {}

  /** A text is not such a document; the message tells why, and where. */
  static final class InvalidYamlException extends Exception {
    private static final long serialVersionUID = 1;

    private InvalidYamlException(Optional<Mark> mark, String problem) {
      super(
          mark.map(at -> ", line %d, column %d: ".formatted(at.getLine() + 1, at.getColumn() + 1))
                  .orElse(": ")
              + problem);
    }
  }

  /** Returns the lines of a document that {@link #read} has read. */
  static YamlLines lines(String text) {
    return new YamlLines(SETTINGS, text);
  }

  /** Returns the nodes of a document that {@link #read} has read; empty if its text is. */
  static Optional<Node> root(String text) {
    return new Compose(SETTINGS).composeString(text);
  }

  /**
   * Reads a document.
   *
   * @return null if the text is empty
   */
  static @Nullable Object read(String text) throws InvalidYamlException {
    try {
      checkEvents(text);
      Optional<Node> root = new Compose(SETTINGS).composeString(text);
      if (root.isPresent()) {
        long unused = new YamlDocument().measure(root.get(), Optional.empty());
      }
      return new StandardConstructor(SETTINGS).constructSingleDocument(root);
    } catch (MarkedYamlEngineException e) {
      throw new InvalidYamlException(e.getProblemMark(), e.getProblem());
    } catch (YamlEngineException e) {
      throw new InvalidYamlException(Optional.empty(), String.valueOf(e.getMessage()));
    }
  }

  /** Composing is recursive, so depth and aliases are checked before it. */
  private static void checkEvents(String text) throws InvalidYamlException {
    int aliases = 0;
    int depth = 0;
    for (Event event : new Parse(SETTINGS).parseString(text)) {
      aliases += event instanceof AliasEvent ? 1 : 0;
      depth += event instanceof CollectionStartEvent ? 1 : 0;
      depth -= event instanceof CollectionEndEvent ? 1 : 0;
      if (aliases > MOST_ALIASES) {
        throw new InvalidYamlException(
            event.getStartMark(), "more than " + MOST_ALIASES + " aliases (*)");
      }
      if (depth > DEEPEST) {
        throw new InvalidYamlException(
            event.getStartMark(), "lists and sections more than " + DEEPEST + " within each other");
      }
    }
  }

  /**
   * Returns the number of values in a node, itself included, with its aliases expanded.
   *
   * @param from where the reference to the node begins
   */
  private long measure(Node node, Optional<Mark> from) throws InvalidYamlException {
    Long known = sizes.get(node);
    if (known != null) {
      return add(known, from);
    }
    if (!TAGS.contains(node.getTag())) {
      throw new InvalidYamlException(
          node.getStartMark(), "the tag %s; allowed: none".formatted(node.getTag().getValue()));
    }
    sizes.put(node, OPEN);
    long size = 1;
    if (node instanceof SequenceNode list) {
      for (Node item : list.getValue()) {
        size += measure(item, node.getStartMark());
      }
    } else if (node instanceof MappingNode map) {
      for (NodeTuple entry : map.getValue()) {
        Node key = entry.getKeyNode();
        size +=
            measure(key, node.getStartMark()) + measure(entry.getValueNode(), key.getStartMark());
      }
    }
    sizes.put(node, size);
    return size;
  }

  /** Adds a node that is reached again, which only an alias or a merge can do. */
  private long add(long size, Optional<Mark> from) throws InvalidYamlException {
    if (size == OPEN) {
      throw new InvalidYamlException(from, "an alias (*) to what it stands in");
    }
    added += size;
    if (added > MOST_ADDED) {
      throw new InvalidYamlException(
          from, "aliases (*) that stand for more than " + MOST_ADDED + " values");
    }
    return size;
  }
}
