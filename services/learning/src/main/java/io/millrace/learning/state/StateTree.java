package io.millrace.learning.state;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A tree of maps, lists, texts, numbers and booleans as part of a {@link State}. A list is saved as
 * its size and its items by number. Empty maps and nulls read as absent, and the order of keys is
 * lost.
 */
public final class StateTree {
  private static final String SIZE = "[]";

  private StateTree() {}

  /** Saves a tree. */
  public static void save(Map<?, ?> tree, State state) {
    tree.forEach((key, value) -> save(String.valueOf(key), value, state));
  }

  /** Returns the tree that was saved; empty if there is none. */
  public static Map<String, Object> read(State state) {
    State saved = state.copy();
    Set<String> keys = new TreeSet<>();
    saved.entries().keySet().forEach(path -> keys.add(path.split("/", 2)[0]));
    Map<String, Object> tree = new LinkedHashMap<>();
    for (String key : keys) {
      tree.put(key, value(key, saved));
    }
    return tree;
  }

  private static void save(String key, Object value, State state) {
    if (value instanceof Map<?, ?> map) {
      save(map, state.child(key));
    } else if (value instanceof List<?> list) {
      State items = state.child(key);
      items.put(SIZE, list.size());
      for (int i = 0; i < list.size(); i++) {
        save(String.valueOf(i), list.get(i), items);
      }
    } else if (value instanceof Integer || value instanceof Long) {
      state.put(key, ((Number) value).longValue());
    } else if (value instanceof Number number) {
      state.put(key, number.doubleValue());
    } else if (value instanceof Boolean flag) {
      state.put(key, flag);
    } else if (value != null) {
      state.put(key, value.toString());
    }
  }

  private static Object value(String key, State state) {
    Object value = state.entries().get(key);
    if (value != null) {
      return value;
    }
    State below = state.child(key);
    Map<String, Object> tree = read(below);
    if (!below.has(SIZE)) {
      return tree;
    }
    List<Object> list = new ArrayList<>();
    for (int i = 0; i < below.integer(SIZE); i++) {
      list.add(tree.getOrDefault(String.valueOf(i), Map.of()));
    }
    return list;
  }
}
