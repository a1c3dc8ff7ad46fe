package io.millrace.cli.tables;

import io.millrace.cli.tables.rows.JsonObjects;
import io.millrace.cli.tables.rows.RowFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the beginning of a file shows.
 *
 * @param file how rows and cells are told apart
 * @param title how many rows stand above the first one that counts, blank ones apart
 * @param hasHeader whether the first row names the columns; false for JSON
 * @param columns the names of the columns, with what their values say, in order
 * @param remarks sentences for a person
 */
record FileLook(
    RowFile file,
    int title,
    boolean hasHeader,
    Map<String, ColumnVotes> columns,
    List<String> remarks) {
  /** How many rows show how values are written. */
  static final int ROWS = 10_000;

  /** The longest look, in characters, so that huge cells do not fill the memory. */
  static final long MOST_CHARACTERS = 1 << 24;

  /**
   * Looks at a file.
   *
   * @param header what the first row is; null to tell by the rows
   */
  static FileLook at(Path path, FileSettings.@Nullable Header header, Missing missing) {
    RowFile file = RowFile.of(path);
    FileLook look =
        file.isJson() ? atObjects(file, missing) : FirstRows.of(path, file, missing).look(header);
    List<String> remarks = new ArrayList<>();
    remarks.add(file.words() + (look.hasHeader ? ", with a header" : ""));
    remarks.addAll(look.remarks);
    return new FileLook(file, look.title, look.hasHeader, look.columns, remarks);
  }

  private static FileLook atObjects(RowFile file, Missing missing) {
    Map<String, ColumnVotes> columns = new LinkedHashMap<>();
    Set<String> leftOut = new LinkedHashSet<>();
    long characters = 0;
    try (JsonObjects objects = file.objects()) {
      for (int i = 0; i < ROWS && characters < MOST_CHARACTERS && objects.hasNext(); i++) {
        JsonObjects.Found object = objects.next();
        leftOut.addAll(object.leftOut());
        for (Map.Entry<String, String> value : object.values().entrySet()) {
          characters += value.getValue().length();
          columns
              .computeIfAbsent(value.getKey(), key -> new ColumnVotes())
              .add(Cells.strip(value.getValue()), missing);
        }
      }
    }
    leftOut.removeAll(columns.keySet());
    return new FileLook(
        file,
        0,
        false,
        columns,
        leftOut.isEmpty()
            ? List.of()
            : List.of("left out, because they hold lists of objects: " + Words.list(leftOut)));
  }
}
