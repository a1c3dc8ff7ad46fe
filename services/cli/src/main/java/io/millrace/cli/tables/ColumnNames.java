package io.millrace.cli.tables;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The names of a table's columns, each once.
 *
 * @param names the names in order
 * @param remarks what was changed, in sentences
 */
record ColumnNames(List<String> names, List<String> remarks) {
  ColumnNames {
    names = List.copyOf(names);
    remarks = List.copyOf(remarks);
  }

  /** Returns the names of columns that have none. */
  static ColumnNames numbered(int columns) {
    List<String> names = new ArrayList<>();
    for (int i = 1; i <= columns; i++) {
      names.add("column_" + i);
    }
    String last = columns == 1 ? "column_1" : "column_1 to column_" + columns;
    return new ColumnNames(names, List.of("no header: the columns are named " + last));
  }

  /**
   * Returns the names of a header.
   *
   * @param columns how many cells the rows have; if the header has one less, it leaves out the
   *     column of the rows' own names, the first one
   */
  static ColumnNames of(List<String> header, int columns) {
    List<String> written = new ArrayList<>();
    List<String> remarks = new ArrayList<>();
    if (header.size() + 1 == columns) {
      written.add("");
    }
    header.forEach(name -> written.add(Cells.strip(name)));
    Set<String> taken = new HashSet<>(written);
    Set<String> used = new HashSet<>();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < written.size(); i++) {
      String name = written.get(i);
      if (name.isEmpty()) {
        String given = free("column_" + (i + 1), taken);
        remarks.add("column " + (i + 1) + " has no name: it is " + given);
        name = given;
      } else if (!used.add(name)) {
        String given = free(name, taken);
        remarks.add("two columns are named " + name + ": the one at " + (i + 1) + " is " + given);
        name = given;
      }
      names.add(name);
      taken.add(name);
    }
    return new ColumnNames(names, remarks);
  }

  private static String free(String name, Set<String> taken) {
    String free = name;
    for (int number = 2; taken.contains(free); number++) {
      free = name + "_" + number;
    }
    return free;
  }
}
