package io.millrace.trainer.resuming;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The first place where two documents differ.
 *
 * @param path the dotted keys
 * @param before the value in the first document, or {@code absent}
 * @param after the value in the second document, or {@code absent}
 */
record Difference(String path, String before, String after) {

  /** Finds the first difference. The order of keys does not matter. */
  static Optional<Difference> first(Map<String, Object> before, Map<String, Object> after) {
    return find("", before, after);
  }

  /** Finds the first difference of two models. Other rivals are told by their names. */
  static Optional<Difference> ofModels(Map<String, Object> before, Map<String, Object> after) {
    return first(withRivals(before, Difference::names), withRivals(after, Difference::names))
        .or(() -> first(before, after));
  }

  /** Finds the first difference of two models, of whose rivals only the number has to be equal. */
  static Optional<Difference> ofModelsWhoseRivalsChange(
      Map<String, Object> before, Map<String, Object> after) {
    return first(withRivals(before, Difference::number), withRivals(after, Difference::number));
  }

  private static Map<String, Object> withRivals(
      Map<String, Object> model, Function<List<?>, String> summary) {
    Map<String, Object> result = new LinkedHashMap<>(model);
    if (model.get("rivals") instanceof Map<?, ?> rivals
        && rivals.get("learners") instanceof List<?> learners) {
      result.put("rivals", summary.apply(learners));
    }
    return result;
  }

  private static String number(List<?> learners) {
    return learners.size() + " learners";
  }

  private static String names(List<?> learners) {
    return learners.stream()
        .map(learner -> String.valueOf(((Map<?, ?>) learner).get("name")))
        .collect(Collectors.joining(", "));
  }

  private static Optional<Difference> find(
      String path, @Nullable Object before, @Nullable Object after) {
    if (before instanceof Map<?, ?> first && after instanceof Map<?, ?> second) {
      Set<Object> keys = new LinkedHashSet<>(first.keySet());
      keys.addAll(second.keySet());
      String prefix = path.isEmpty() ? "" : path + ".";
      return firstOf(keys.stream().map(key -> find(prefix + key, first.get(key), second.get(key))));
    }
    if (before instanceof List<?> first && after instanceof List<?> second) {
      return firstOf(
          IntStream.range(0, Math.max(first.size(), second.size()))
              .mapToObj(i -> find(path + "[" + i + "]", item(first, i), item(second, i))));
    }
    return String.valueOf(before).equals(String.valueOf(after))
        ? Optional.empty()
        : Optional.of(new Difference(path, written(before), written(after)));
  }

  private static Optional<Difference> firstOf(Stream<Optional<Difference>> differences) {
    return differences.flatMap(Optional::stream).findFirst();
  }

  private static @Nullable Object item(List<?> list, int index) {
    return index < list.size() ? list.get(index) : null;
  }

  private static String written(@Nullable Object value) {
    return value == null ? "absent" : String.valueOf(value);
  }
}
