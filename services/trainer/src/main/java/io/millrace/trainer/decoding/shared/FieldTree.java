package io.millrace.trainer.decoding.shared;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields that a model reads, as a tree. A field with dots in its name is found in nested
 * objects: {@code user.age} is {@code age} in {@code user}. If a record has a top-level field whose
 * own name has dots, that field is used.
 */
public final class FieldTree {
  private final Map<String, FieldTree> children = new HashMap<>();
  private @Nullable Column column;

  /** Returns the tree of the fields of all columns. */
  public static FieldTree of(Columns columns) {
    FieldTree root = new FieldTree();
    for (String field : columns.fields()) {
      root.child(field).column = columns.of(field);
      FieldTree place = root;
      for (String name : field.split("\\.", -1)) {
        place = place.child(name);
      }
      place.column = columns.of(field);
    }
    return root;
  }

  /** Returns a tree whose root itself fills a column. */
  public static FieldTree of(Column column) {
    FieldTree root = new FieldTree();
    root.column = column;
    return root;
  }

  /** Returns a tree with one field, which fills a column. */
  public static FieldTree of(String field, Column column) {
    FieldTree root = new FieldTree();
    root.child(field).column = column;
    return root;
  }

  /** Returns the subtree of a name in this object; null if the model reads nothing there. */
  public @Nullable FieldTree find(String name) {
    return children.get(name);
  }

  /** Returns the column that the field itself fills; null if it only contains other fields. */
  public @Nullable Column column() {
    return column;
  }

  /** Returns whether the model reads fields inside this one. */
  public boolean hasChildren() {
    return !children.isEmpty();
  }

  private FieldTree child(String name) {
    return children.computeIfAbsent(name, key -> new FieldTree());
  }
}
