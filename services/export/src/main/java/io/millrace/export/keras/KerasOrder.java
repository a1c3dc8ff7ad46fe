package io.millrace.export.keras;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The order in which a Functional model of Keras has its layers, which names their weights: the
 * second dense layer's are {@code layers/dense_1}. Layers that are farther from an output come
 * first, and among equals those that a walk from the outputs meets first ({@code map_graph} in
 * Keras' {@code ops/function.py}).
 */
final class KerasOrder {
  private final Map<String, KerasNode> byName;
  private final Map<String, Integer> met = new LinkedHashMap<>();
  private final Set<String> finished = new HashSet<>();
  private final List<KerasNode> inputsFirst = new ArrayList<>();

  private KerasOrder(Map<String, KerasNode> byName) {
    this.byName = byName;
  }

  /** Returns the layers that outputs depend on, and all inputs. */
  static List<KerasNode> of(Map<String, KerasNode> byName, List<String> outputs) {
    KerasOrder order = new KerasOrder(byName);
    outputs.forEach(order::walk);
    return order.sorted();
  }

  private void walk(String name) {
    KerasNode node = node(name);
    if (finished.contains(name)) {
      return;
    }
    met.putIfAbsent(name, met.size());
    node.reads().forEach(this::walk);
    finished.add(name);
    inputsFirst.add(node);
  }

  private List<KerasNode> sorted() {
    Map<String, Integer> depths = new LinkedHashMap<>();
    for (int i = inputsFirst.size() - 1; i >= 0; i--) {
      KerasNode node = inputsFirst.get(i);
      int depth = depths.computeIfAbsent(node.name(), name -> 0);
      node.reads().forEach(read -> depths.merge(read, depth + 1, Math::max));
    }
    for (KerasNode node : byName.values()) {
      if (node.isInput() && !depths.containsKey(node.name())) {
        depths.put(node.name(), 0);
        met.put(node.name(), -1);
      }
    }
    return depths.keySet().stream()
        .map(this::node)
        .sorted(
            Comparator.<KerasNode>comparingInt(node -> -value(depths, node))
                .thenComparingInt(node -> value(met, node)))
        .toList();
  }

  private static int value(Map<String, Integer> numbers, KerasNode node) {
    return Objects.requireNonNull(numbers.get(node.name()));
  }

  private KerasNode node(String name) {
    return Objects.requireNonNull(byName.get(name), name);
  }
}
