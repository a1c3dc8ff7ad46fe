package io.millrace.cli.tables.rows;

import java.util.ArrayList;
import java.util.List;

/** JSON objects as rows of cells. A key that is not among the columns is passed over. */
final class ObjectRows implements RawRows {
  private final JsonObjects objects;
  private final List<String> columns;

  /**
   * @param objects closed with this
   */
  ObjectRows(JsonObjects objects, List<String> columns) {
    this.objects = objects;
    this.columns = List.copyOf(columns);
  }

  @Override
  public boolean hasNext() {
    return objects.hasNext();
  }

  @Override
  public RawRow next() {
    JsonObjects.Found object = objects.next();
    if (!object.problem().isEmpty()) {
      return new RawRow(object.line(), List.of(), object.problem());
    }
    List<String> cells = new ArrayList<>(columns.size());
    columns.forEach(column -> cells.add(object.values().getOrDefault(column, "")));
    return new RawRow(object.line(), cells);
  }

  @Override
  public void close() {
    objects.close();
  }
}
