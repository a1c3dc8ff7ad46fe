package io.millrace.cli.tables;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the first values of a column say about how they are written. Confined to one thread. */
final class ColumnVotes {
  private static final double NEARLY_ALL = 0.95;
  private static final int MOST_DISTINCT = 100;
  private static final int LONGEST_NAME = 200;

  private final Readings numbers = new Readings();
  private final Readings dates = new Readings();
  private final Map<String, Long> missing = new LinkedHashMap<>();
  private final Set<String> distinct = new HashSet<>();
  private long values;
  private long ungrouped;

  /** How values are read in two ways: by point or comma, with the day or the month first. */
  private static final class Readings {
    private long all;
    private long byOneOnly;
    private long byOtherOnly;
    private long differing;
    private long convertedByOne;
    private long convertedByOther;
    private @Nullable String converted;
    private @Nullable String ambiguous;

    void add(String text, @Nullable String one, @Nullable String other) {
      all++;
      if (one == null) {
        byOtherOnly++;
      } else if (other == null) {
        byOneOnly++;
      } else if (!one.equals(other)) {
        differing++;
        ambiguous = ambiguous == null ? text : ambiguous;
      }
      boolean isConverted = !text.equals(one == null ? other : one);
      convertedByOne += isConverted ? 1 : 0;
      convertedByOther += text.equals(other == null ? one : other) ? 0 : 1;
      converted = converted == null && isConverted ? text : converted;
    }

    /** Returns which way reads more; null if neither does. */
    @Nullable Boolean isByOne() {
      return byOneOnly == byOtherOnly ? null : byOneOnly > byOtherOnly;
    }
  }

  /** Adds a stripped cell. */
  void add(String cell, Missing spellings) {
    if (!spellings.is(cell)) {
      add(cell);
    } else if (!cell.isEmpty()) {
      missing.merge(cell, 1L, Long::sum);
    }
  }

  private void add(String text) {
    values++;
    if (distinct.size() < MOST_DISTINCT && text.length() <= LONGEST_NAME) {
      distinct.add(text);
    }
    boolean isPlain = NumberText.isPlain(text);
    if (isPlain && text.indexOf('.') < 0) {
      numbers.all++;
      ungrouped += text.length() > 3 ? 1 : 0;
      return;
    }
    String point = isPlain ? text : NumberText.read(text, false);
    String comma = NumberText.read(text, true);
    if (point != null || comma != null) {
      numbers.add(text, point, comma);
      return;
    }
    String dayFirst = DateText.read(text, true);
    String monthFirst = DateText.read(text, false);
    if (dayFirst != null || monthFirst != null) {
      dates.add(text, dayFirst, monthFirst);
    }
  }

  /** Returns how often each spelling of a missing value came, but for empty cells. */
  Map<String, Long> missing() {
    return missing;
  }

  boolean isEmpty() {
    return values == 0;
  }

  boolean isOfNumbers() {
    return values > 0 && numbers.all >= NEARLY_ALL * values;
  }

  boolean isOfDates() {
    return values > 0 && dates.all >= NEARLY_ALL * values;
  }

  /** Returns whether the column has few values that come again and again. */
  boolean isOfNames() {
    return distinct.size() < MOST_DISTINCT && 2L * distinct.size() <= values;
  }

  /** Returns whether the value has come before. */
  boolean has(String text) {
    return distinct.contains(text);
  }

  /** Returns the mark of fractions, as far as the column itself shows it; null if it does not. */
  @Nullable ColumnForm ownNumbers() {
    Boolean isByPoint = numbers.isByOne();
    if (isByPoint != null) {
      return isByPoint ? ColumnForm.DECIMAL_POINT : ColumnForm.DECIMAL_COMMA;
    }
    if (numbers.ambiguous != null && ungrouped > numbers.differing) {
      // Who writes 1234 does not set thousands apart, so what stands there begins the fraction.
      return numbers.ambiguous.indexOf(',') >= 0
          ? ColumnForm.DECIMAL_COMMA
          : ColumnForm.DECIMAL_POINT;
    }
    return null;
  }

  /** Returns the order of dates, as far as the column itself shows it; null if it does not. */
  @Nullable ColumnForm ownDates() {
    Boolean isByDay = dates.isByOne();
    if (isByDay != null) {
      return isByDay ? ColumnForm.DAY_FIRST : ColumnForm.MONTH_FIRST;
    }
    return dates.differing == 0 && dates.byOneOnly == 0 ? ColumnForm.CLEAR_DATE : null;
  }

  /** Returns a value that can be read in two ways; null if there is none. */
  @Nullable String ambiguous() {
    return isOfDates() ? dates.ambiguous : numbers.ambiguous;
  }

  /** Returns a value that has to be written anew; null if there is none. */
  @Nullable String converted() {
    return isOfDates() ? dates.converted : numbers.converted;
  }

  /** Returns the form, or as written where all values already are as the form would write them. */
  ColumnForm needed(ColumnForm form) {
    boolean isNeeded =
        switch (form) {
          case AS_WRITTEN -> false;
          case DECIMAL_POINT -> numbers.convertedByOne > 0;
          case DECIMAL_COMMA -> numbers.convertedByOther > 0;
          case DAY_FIRST, MONTH_FIRST, CLEAR_DATE -> dates.convertedByOne > 0;
        };
    return isNeeded ? form : ColumnForm.AS_WRITTEN;
  }
}
