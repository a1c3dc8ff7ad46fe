package io.millrace.learning.state;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A tree of named scalars and arrays, flattened to paths such as {@code optimizer/slot/momentum}.
 *
 * <p>Every part that training depends on writes its state here and reads it back under the same
 * names. A checkpoint stores the entries unchanged. Numbers keep every bit, so a restored learner
 * continues exactly as the saved one would have. Arrays are copied on the way in and on the way
 * out. Confined to one thread.
 *
 * <p>Values are of seven types: {@code Long}, {@code Double}, {@code Boolean}, {@code String},
 * {@code float[]}, {@code double[]} and {@code long[]}. Reading a missing name, another type or
 * another length throws an {@link IncompatibleStateException}.
 */
public final class State {
  private final Map<String, Object> entries;
  private final String prefix;

  public State() {
    this(new TreeMap<>(), "");
  }

  private State(Map<String, Object> entries, String prefix) {
    this.entries = entries;
    this.prefix = prefix;
  }

  /**
   * Returns a state over entries as returned by {@link #entries}.
   *
   * @throws IncompatibleStateException for a value of any other type
   */
  public static State of(Map<String, ?> entries) {
    entries.forEach(State::requireKnownType);
    return new State(new TreeMap<>(entries), "");
  }

  /**
   * Returns a view of the part named {@code name}. Its entries are written to this state, below
   * that name.
   */
  public State child(String name) {
    return new State(entries, prefix + name + "/");
  }

  /** Returns whether a value, not a child, is named {@code name}. */
  public boolean has(String name) {
    return entries.containsKey(prefix + name);
  }

  /** Returns all entries by path, sorted, as an unmodifiable map for the codec. */
  public Map<String, Object> entries() {
    return Collections.unmodifiableMap(entries);
  }

  /** Returns whether anything is named {@code name} or below it. */
  public boolean contains(String name) {
    return has(name)
        || entries.keySet().stream().anyMatch(path -> path.startsWith(prefix + name + "/"));
  }

  /** Puts numbers below {@code name}, under their own names. */
  public void putDecimals(String name, Map<String, Double> values) {
    values.forEach(child(name)::put);
  }

  /** Returns the numbers that were put below {@code name}. */
  public Map<String, Double> decimalsByName(String name) {
    Map<String, Double> values = new TreeMap<>();
    State below = child(name).copy();
    below.entries.keySet().forEach(entry -> values.put(entry, below.decimal(entry)));
    return values;
  }

  /** Puts all entries of another state here, under their own names. */
  public void putAll(State other) {
    other.copy().entries.forEach((name, value) -> entries.put(prefix + name, value));
  }

  /** Returns an independent state with the entries below here, by their names relative to here. */
  public State copy() {
    Map<String, Object> below = new TreeMap<>();
    entries.forEach(
        (path, value) -> {
          if (path.startsWith(prefix)) {
            below.put(path.substring(prefix.length()), value);
          }
        });
    return new State(below, "");
  }

  public void put(String name, long value) {
    entries.put(prefix + name, value);
  }

  public void put(String name, double value) {
    entries.put(prefix + name, value);
  }

  public void put(String name, boolean value) {
    entries.put(prefix + name, value);
  }

  public void put(String name, String value) {
    entries.put(prefix + name, value);
  }

  public void put(String name, float[] values) {
    entries.put(prefix + name, values.clone());
  }

  public void put(String name, double[] values) {
    entries.put(prefix + name, values.clone());
  }

  public void put(String name, long[] values) {
    entries.put(prefix + name, values.clone());
  }

  public long integer(String name) {
    return value(name, Long.class);
  }

  public double decimal(String name) {
    return value(name, Double.class);
  }

  public boolean flag(String name) {
    return value(name, Boolean.class);
  }

  public String text(String name) {
    return value(name, String.class);
  }

  public float[] floats(String name) {
    return value(name, float[].class).clone();
  }

  public double[] decimals(String name) {
    return value(name, double[].class).clone();
  }

  public long[] integers(String name) {
    return value(name, long[].class).clone();
  }

  /** Copies the named array into {@code target}, whose length must be the same. */
  public void read(String name, float[] target) {
    float[] values = value(name, float[].class);
    requireLength(name, values.length, target.length);
    System.arraycopy(values, 0, target, 0, target.length);
  }

  /** Copies the named array into {@code target}, whose length must be the same. */
  public void read(String name, double[] target) {
    double[] values = value(name, double[].class);
    requireLength(name, values.length, target.length);
    System.arraycopy(values, 0, target, 0, target.length);
  }

  /** Copies the named array into {@code target}, whose length must be the same. */
  public void read(String name, long[] target) {
    long[] values = value(name, long[].class);
    requireLength(name, values.length, target.length);
    System.arraycopy(values, 0, target, 0, target.length);
  }

  private <T> T value(String name, Class<T> type) {
    Object value = entries.get(prefix + name);
    if (value == null) {
      throw new IncompatibleStateException("no entry " + prefix + name);
    }
    if (!type.isInstance(value)) {
      throw new IncompatibleStateException(
          "entry %s%s is a %s, expected a %s"
              .formatted(prefix, name, value.getClass().getSimpleName(), type.getSimpleName()));
    }
    return type.cast(value);
  }

  private void requireLength(String name, int actual, int expected) {
    if (actual != expected) {
      throw new IncompatibleStateException(
          "entry %s%s has %d values, expected %d".formatted(prefix, name, actual, expected));
    }
  }

  private static void requireKnownType(String path, Object value) {
    if (!(value instanceof Long
        || value instanceof Double
        || value instanceof Boolean
        || value instanceof String
        || value instanceof float[]
        || value instanceof double[]
        || value instanceof long[])) {
      throw new IncompatibleStateException(
          "entry " + path + " has unknown type " + value.getClass().getSimpleName());
    }
  }
}
