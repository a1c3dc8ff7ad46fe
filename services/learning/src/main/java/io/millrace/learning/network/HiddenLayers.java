package io.millrace.learning.network;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The hidden dense layers of a network as it is written in settings, to be varied.
 *
 * <p>The last layer is the output. Each dense layer before it, with the layers between it and the
 * next dense one, such as a dropout, is a hidden block. Immutable.
 */
public final class HiddenLayers {
  private static final String TYPE = "type";
  private static final String DENSE = "dense";
  private static final String UNITS = "units";
  private static final String NORMALIZATION = "layer_normalization";

  private final List<Object> first;
  private final List<List<Object>> blocks;
  private final Object output;

  private HiddenLayers(List<Object> first, List<List<Object>> blocks, Object output) {
    this.first = first;
    this.blocks = blocks;
    this.output = output;
  }

  /**
   * Finds the hidden layers.
   *
   * @param layers the list {@code network.layers} of a document
   * @return empty if there are no layers, or if they do not follow each other: one has {@code
   *     inputs}
   */
  public static Optional<HiddenLayers> of(@Nullable Object layers) {
    if (!(layers instanceof List<?> list)
        || list.isEmpty()
        || list.stream().anyMatch(layer -> named(layer).get("inputs") != null)) {
      return Optional.empty();
    }
    List<Object> first = new ArrayList<>();
    List<List<Object>> blocks = new ArrayList<>();
    for (Object layer : list.subList(0, list.size() - 1)) {
      if (isA(DENSE, layer)) {
        blocks.add(new ArrayList<>());
      }
      (blocks.isEmpty() ? first : blocks.get(blocks.size() - 1)).add(layer);
    }
    return Optional.of(new HiddenLayers(first, blocks, list.get(list.size() - 1)));
  }

  /** Returns how many hidden blocks there are. */
  public int count() {
    return blocks.size();
  }

  /** Returns how wide the dense layer of a block is; 0 if that is no number. */
  public int units(int block) {
    return named(blocks.get(block).get(0)).get(UNITS) instanceof Number units
        ? units.intValue()
        : 0;
  }

  /**
   * Returns the network with another number of blocks: the first is repeated, or the last are left
   * out. A network without any gets dense layers with the activation {@code relu}, which need their
   * units.
   */
  public HiddenLayers withCount(int count) {
    List<Object> template =
        blocks.isEmpty()
            ? List.of(new TreeMap<>(Map.of(TYPE, DENSE, "activation", "relu")))
            : blocks.get(0);
    List<List<Object>> changed = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      changed.add(i < blocks.size() ? blocks.get(i) : unnamed(template));
    }
    return new HiddenLayers(first, changed, output);
  }

  /** Returns the network with another width of a block. */
  public HiddenLayers withUnits(int block, Object units) {
    return changed(
        block,
        layers -> {
          Map<String, Object> dense = named(layers.get(0));
          dense.put(UNITS, units);
          layers.set(0, dense);
          return layers;
        });
  }

  /** Returns the network with half the width of every block, rounded up. */
  public HiddenLayers halved() {
    HiddenLayers result = this;
    for (int i = 0; i < blocks.size(); i++) {
      result = units(i) == 0 ? result : result.withUnits(i, (units(i) + 1) / 2);
    }
    return result;
  }

  /** Returns whether each block normalizes what its dense layer computes. */
  public boolean areNormalized() {
    return blocks.stream().allMatch(block -> block.size() > 1 && isA(NORMALIZATION, block.get(1)));
  }

  /** Returns the network with layer normalization after each hidden dense layer, or without. */
  public HiddenLayers normalized(boolean wanted) {
    HiddenLayers result = this;
    for (int i = 0; i < blocks.size(); i++) {
      result = result.changed(i, layers -> normalized(layers, wanted));
    }
    return result;
  }

  /** Returns the list {@code network.layers}. */
  public List<Object> layers() {
    List<Object> result = new ArrayList<>(first);
    blocks.forEach(result::addAll);
    result.add(output);
    return result;
  }

  private HiddenLayers changed(int block, UnaryOperator<List<Object>> change) {
    List<List<Object>> changed = new ArrayList<>(blocks);
    changed.set(block, change.apply(new ArrayList<>(blocks.get(block))));
    return new HiddenLayers(first, changed, output);
  }

  private static List<Object> normalized(List<Object> block, boolean wanted) {
    block.removeIf(layer -> isA(NORMALIZATION, layer));
    if (wanted) {
      block.add(1, Map.of(TYPE, NORMALIZATION));
    }
    return block;
  }

  private static List<Object> unnamed(List<Object> block) {
    List<Object> result = new ArrayList<>();
    for (Object layer : block) {
      Map<String, Object> copy = named(layer);
      copy.remove("name");
      result.add(copy);
    }
    return result;
  }

  private static boolean isA(String type, Object layer) {
    return type.equals(named(layer).get(TYPE));
  }

  /** Returns a layer's options; a text stands for a layer of that type. */
  private static Map<String, Object> named(Object layer) {
    Map<String, Object> copy = new LinkedHashMap<>();
    if (layer instanceof Map<?, ?> map) {
      map.forEach((key, value) -> copy.put(String.valueOf(key), value));
    } else {
      copy.put(TYPE, layer);
    }
    return copy;
  }
}
