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
    return switch (this) {
      case AS_WRITTEN -> text;
      case DECIMAL_POINT ->
          NumberText.isPlain(text)
              ? text
              : first(text, NumberText.read(text, false), NumberText.read(text, true));
      case DECIMAL_COMMA -> first(text, NumberText.read(text, true), NumberText.read(text, false));
      case DAY_FIRST -> first(text, DateText.read(text, true), DateText.read(text, false));
      case MONTH_FIRST, CLEAR_DATE ->
          first(text, DateText.read(text, false), DateText.read(text, true));
    };
  }

  private static String first(String text, @Nullable String one, @Nullable String other) {
    if (one != null) {
      return one;
    }
    return other == null ? text : other;
  }
}
