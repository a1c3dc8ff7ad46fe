package io.millrace.cli.tables.rows;

import java.util.List;

/** How rows are told apart in a file, and cells in a row. */
sealed interface Form {

  /** Returns what it is, for a person. */
  String words();

  /**
   * Lines of cells.
   *
   * @param separator the character between cells
   * @param hasQuotes whether quotes enclose cells; otherwise they are characters like others
   * @param isPadded whether spaces stand between a separator and a quote
   */
  record Separated(char separator, boolean hasQuotes, boolean isPadded) implements Form {
    @Override
    public String words() {
      String name =
          switch (separator) {
            case ';' -> "semicolons";
            case '\t' -> "tabs";
            case '|' -> "bars";
            default -> "commas";
          };
      return "CSV, separated by " + name + (hasQuotes ? "" : ", with quotes as characters");
    }
  }

  /** Lines of cells with any number of spaces or tabs between them. */
  record Spaced() implements Form {
    @Override
    public String words() {
      return "cells separated by spaces";
    }
  }

  /**
   * JSON objects.
   *
   * @param isByLine whether each has a line of its own, so that a broken one spoils no other
   * @param path the keys to the list of objects; empty if they stand at the top
   */
  record Objects(boolean isByLine, List<String> path) implements Form {
    public Objects {
      path = List.copyOf(path);
    }

    @Override
    public String words() {
      if (!path.isEmpty()) {
        return "JSON, the objects of its key " + String.join(".", path);
      }
      return isByLine ? "JSON lines" : "JSON objects";
    }
  }
}
