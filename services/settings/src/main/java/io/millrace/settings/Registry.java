package io.millrace.settings;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The names that a key such as {@code type} chooses among, each with the reader of its section.
 *
 * <p>It is filled before the first read. After that, any thread may read it.
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
   * @param instead the name whose reader replaces that of an unknown name, so that the problems of
   *     the other options are found in the same pass
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
        .suggesting(readers.keySet())
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
