package io.millrace.settings;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a key such as {@code type} chooses among: by each name, a reader of the section that names
 * it.
 *
 * <p>It is filled before it is first read, and may then be read by any thread.
 *
 * @param <R> the type of a reader
 */
public final class Registry<R> {
  private final String key;
  private final String meaning;
  private final String instead;
  private final Map<String, R> readers = new TreeMap<>();

  /**
   * Makes an empty registry.
   *
   * @param instead whose reader stands in for a name that there is not, so that the problems of the
   *     other options are found in the same pass
   */
  public Registry(String key, String meaning, String instead) {
    this.key = key;
    this.meaning = meaning;
    this.instead = instead;
  }

  /** Adds a name; it replaces the reader that had it before. */
  public void put(String name, R reader) {
    readers.put(name, reader);
  }

  /** Returns the names, sorted. */
  public List<String> names() {
    return List.copyOf(readers.keySet());
  }

  /** Returns the name that a section chooses, which is reported where there is none such. */
  public String name(Section section) {
    return section
        .text(key, meaning)
        .check("one of " + String.join(", ", readers.keySet()), readers::containsKey)
        .required();
  }

  /** Returns the reader of a name, or the one that stands in for it. */
  public R named(String name) {
    R reader = readers.get(name);
    if (reader != null) {
      return reader;
    }
    R standIn = readers.get(instead);
    if (standIn == null) {
      throw new IllegalStateException("there is no reader of " + key + " named " + instead);
    }
    return standIn;
  }

  /** Returns the reader that a section chooses, or the one that stands in for it. */
  public R reader(Section section) {
    return named(name(section));
  }
}
