package io.millrace.cli.tables;

import org.jspecify.annotations.Nullable;

/** How the values of one column are written. */
public enum ColumnForm {
  /** They stay as they are. */
  AS_WRITTEN,
  /** Numbers such as 1,234.5 or $5. */
  DECIMAL_POINT,
  /** Numbers such as 1.234,5 or 5 €. */
  DECIMAL_COMMA,
  /** Dates; 1/2/2020 is in February. */
  DAY_FIRST,
  /** Dates; 1/2/2020 is in January. */
  MONTH_FIRST,
  /** Dates such as 2020/12/31 or 31 Dec 2020, which can be read in one way only. */
  CLEAR_DATE;

  /**
   * Returns a value in JSON's notation or ISO 8601. One that can only be read in the other way is
   * read so; one that cannot be read at all stays as it is.
   */
  String read(String text) {
    if (this == AS_WRITTEN || this == DECIMAL_POINT && NumberText.isPlain(text)) {
      return text;
    }
    String value = value(text, true);
    String otherwise = value == null ? value(text, false) : value;
    return otherwise == null ? text : otherwise;
  }

  /**
   * Returns a value; null if it cannot be read.
   *
   * @param asUsual whether it is read as the others of the column; otherwise in the other way
   */
  private @Nullable String value(String text, boolean asUsual) {
    return switch (this) {
      case AS_WRITTEN -> text;
      case DECIMAL_POINT -> NumberText.read(text, !asUsual);
      case DECIMAL_COMMA -> NumberText.read(text, asUsual);
      case DAY_FIRST -> DateText.read(text, asUsual);
      case MONTH_FIRST, CLEAR_DATE -> DateText.read(text, !asUsual);
    };
  }
}
