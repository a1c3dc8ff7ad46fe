package io.millrace.learning.model;

import io.millrace.settings.InvalidSettingsException;
import io.millrace.settings.Problem;
import io.millrace.settings.Section;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A settings document that is read once for every rival, with the rival's overrides. Problems that
 * the document has without them are left to its own reader.
 *
 * @param <T> what is read
 */
public final class RivalDocument<T> {
  private static final String TYPE = "type";

  private final Section root;
  private final Map<String, Object> document;
  private final List<Problem> known;

  /**
   * @param root the document, which is told of the problems
   * @param document its settings, as far as they are read here
   * @param reader reads them, so that their own problems are known
   */
  public RivalDocument(Section root, Map<String, Object> document, Function<Section, T> reader) {
    this.root = root;
    this.document = document;
    Section alone = root.other(document);
    T unused = reader.apply(alone);
    known = problems(alone);
  }

  /**
   * Reads the document with a rival's overrides.
   *
   * @param index of the rival in the list {@code rivals.learners}
   * @param overrides the sections that this reader reads
   */
  public T read(int index, Map<String, Object> overrides, Function<Section, T> reader) {
    Section section = root.other(merged(document, overrides));
    T result = reader.apply(section);
    problems(section).stream()
        .filter(problem -> !known.contains(problem))
        .forEach(
            problem ->
                root.report(
                    "rivals.learners[%d].%s".formatted(index, problem.path()), problem.message()));
    return result;
  }

  /**
   * Returns the document with the overrides: sections are merged, and all other values replaced. A
   * section of another {@code type} is replaced, and so is the network.
   */
  public static Map<String, Object> merged(
      Map<String, Object> document, Map<String, Object> overrides) {
    Map<String, Object> result = new LinkedHashMap<>(document);
    overrides.forEach(
        (key, value) ->
            result.put(
                key, key.equals(Rival.NETWORK) ? value : mergedValue(document.get(key), value)));
    return result;
  }

  /**
   * Returns the section {@code training} of a document as a document, with the optimizer that
   * stands for one that is left out. A rival's overrides are written over this.
   */
  public static Map<String, Object> training(Section root, ModelDefinition definition) {
    Map<String, Object> training = named(root.tree().get(Rival.TRAINING));
    training.putIfAbsent("optimizer", definition.defaultOptimizer());
    return Map.of(Rival.TRAINING, training);
  }

  private static Object mergedValue(@Nullable Object present, Object override) {
    if (!(override instanceof Map<?, ?> section)) {
      return override;
    }
    Map<String, Object> base = present instanceof String type ? Map.of(TYPE, type) : named(present);
    Map<String, Object> changes = named(section);
    return isOther(base.get(TYPE), changes.get(TYPE)) ? changes : merged(base, changes);
  }

  private static boolean isOther(@Nullable Object present, @Nullable Object override) {
    return override != null && !override.equals(present);
  }

  private static Map<String, Object> named(@Nullable Object section) {
    Map<String, Object> result = new LinkedHashMap<>();
    if (section instanceof Map<?, ?> map) {
      map.forEach((key, value) -> result.put(String.valueOf(key), value));
    }
    return result;
  }

  private static List<Problem> problems(Section section) {
    try {
      section.finish();
      return List.of();
    } catch (InvalidSettingsException e) {
      return e.problems();
    }
  }
}
