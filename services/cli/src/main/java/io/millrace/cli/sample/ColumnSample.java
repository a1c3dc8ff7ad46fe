package io.millrace.cli.sample;

import io.millrace.cli.produce.Cell;
import io.millrace.learning.features.TermName;
import io.millrace.learning.features.TimeForm;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The sampled values of one column, one a row. Confined to one thread. */
final class ColumnSample {
  static final int MOST_DISTINCT = 1000;

  private static final double NEARLY_ALL = 0.98;
  private static final int ENOUGH = 20;
  private static final int FEW_NAMES = 20;
  private static final TimeForm TIMES = new TimeForm(TimeForm.Unit.MILLISECONDS, false);
  private static final List<String> IDENTIFIERS =
      List.of("id", "uuid", "guid", "key", "index", "idx", "rownum", "unnamed");
  private static final List<String> ROW_NUMBERS = List.of("no", "nr", "number", "row", "column");
  private static final List<String> CODES =
      List.of("code", "zip", "plz", "postcode", "postal", "zipcode", "cluster", "type", "kind");
  private static final List<Set<String>> BOOLEANS =
      List.of(
          Set.of("true", "false"),
          Set.of("yes", "no"),
          Set.of("y", "n"),
          Set.of("t", "f"),
          Set.of("on", "off"),
          Set.of("ja", "nein"));

  private final String name;
  private final ColumnName words;
  private final Map<String, Long> counts = new TreeMap<>();
  private final NumberSample numbers = new NumberSample();
  private final WordSample texts = new WordSample();
  private final BitSet missing = new BitSet();
  private final BitSet noNumbers = new BitSet();
  private final BitSet noTimes = new BitSet();
  private final Map<String, Long> slips = new TreeMap<>();
  private final FirstValues firstValues = new FirstValues();
  private int rows;
  private long zeroLed;
  private long daysOnly;
  private long lists;
  private int listSize;
  private @Nullable Slip firstSlip;

  /**
   * A value that is no number, beside numbers.
   *
   * @param line where it is in the file
   */
  record Slip(long line, String value) {}

  /**
   * @param rowsBefore rows that did not have the column
   */
  ColumnSample(String name, int rowsBefore) {
    this.name = name;
    this.words = ColumnName.of(name);
    this.rows = rowsBefore;
    missing.set(0, rowsBefore);
    for (int row = 0; row < rowsBefore; row++) {
      firstValues.set(row, "", Double.NaN);
    }
  }

  /**
   * Adds the next row's value as text; an empty one is missing.
   *
   * @param line where the row is in the file
   */
  void add(String value, long line) {
    int row = rows++;
    if (value.isEmpty()) {
      missing.set(row);
      firstValues.set(row, value, Double.NaN);
      return;
    }
    count(value);
    double number = Cell.isNumber(value) ? Double.parseDouble(value) : Double.NaN;
    firstValues.set(row, TermName.of(value), number);
    if (!Double.isNaN(number)) {
      numbers.add(number);
      zeroLed += value.matches("0\\d+") ? 1 : 0;
      noTimes.set(row);
    } else {
      addText(value, row, line);
    }
  }

  private void count(String value) {
    String term = TermName.of(value);
    if (counts.size() < MOST_DISTINCT || counts.containsKey(term)) {
      counts.merge(term, 1L, Long::sum);
    }
  }

  private void addText(String value, int row, long line) {
    noNumbers.set(row);
    if (slips.size() < FEW_NAMES || slips.containsKey(value)) {
      slips.merge(value, 1L, Long::sum);
    }
    if (firstSlip == null) {
      firstSlip = new Slip(line, value);
    }
    if (isTime(value)) {
      daysOnly += value.length() <= "2026-01-31".length() ? 1 : 0;
      return;
    }
    noTimes.set(row);
    int size = ListText.size(value);
    if (size > 0) {
      lists++;
      listSize = listSize == 0 || listSize == size ? size : -1;
    } else {
      texts.add(value);
    }
  }

  /** A look at the first sign spares most texts an exception. */
  private static boolean isTime(String value) {
    return Character.isDigit(value.charAt(0)) && TIMES.text(value, new float[2], 0) == null;
  }

  String name() {
    return name;
  }

  ColumnName words() {
    return words;
  }

  int rows() {
    return rows;
  }

  long values() {
    return rows - missing();
  }

  long missing() {
    return missing.cardinality();
  }

  BitSet missingRows() {
    return missing;
  }

  FirstValues firstValues() {
    return firstValues;
  }

  NumberSample numbers() {
    return numbers;
  }

  WordSample texts() {
    return texts;
  }

  /** Returns how often each of the first thousand distinct values occurs, sorted by name. */
  Map<String, Long> counts() {
    return counts;
  }

  List<String> distinct() {
    return List.copyOf(counts.keySet());
  }

  /** Returns whether there are more distinct values than are counted. */
  boolean hasManyNames() {
    return counts.size() >= MOST_DISTINCT;
  }

  int listSize() {
    return listSize;
  }

  /** Returns whether no point in time has a time of day. */
  boolean areDays() {
    return daysOnly == values() - noTimes.cardinality();
  }

  /** Returns the first value that is no number; null if there is none. */
  @Nullable Slip firstSlip() {
    return firstSlip;
  }

  /** Returns the rows whose value a feature of this column's kind cannot read. */
  BitSet unreadable() {
    return switch (kind()) {
      case NUMBER -> noNumbers;
      case DATE -> noTimes;
      case BOOLEAN, CATEGORY, TEXT, VECTOR, IDENTIFIER, CONSTANT, EMPTY -> new BitSet();
    };
  }

  ColumnKind kind() {
    long values = values();
    if (values == 0) {
      return ColumnKind.EMPTY;
    }
    if (counts.size() == 1) {
      return missing() == 0 ? ColumnKind.CONSTANT : ColumnKind.CATEGORY;
    }
    if (isBoolean()) {
      return ColumnKind.BOOLEAN;
    }
    if (lists == values && listSize > 0) {
      return ColumnKind.VECTOR;
    }
    return isIdentifier() ? ColumnKind.IDENTIFIER : kindOfValues();
  }

  private ColumnKind kindOfValues() {
    long values = values();
    if (isCode()) {
      return ColumnKind.CATEGORY;
    }
    if (numbers.count() >= NEARLY_ALL * values) {
      return ColumnKind.NUMBER;
    }
    if (values - noTimes.cardinality() >= NEARLY_ALL * values) {
      return ColumnKind.DATE;
    }
    return isProse() ? ColumnKind.TEXT : ColumnKind.CATEGORY;
  }

  private boolean isBoolean() {
    Set<String> names = new HashSet<>();
    counts.keySet().forEach(each -> names.add(each.toLowerCase(Locale.ROOT)));
    return BOOLEANS.contains(names);
  }

  /** Numbers that name something: 01067, or few whole numbers of a column called code. */
  private boolean isCode() {
    boolean named = words.endsWithOneOf(CODES);
    boolean comeAgain = !hasManyNames() && 3L * counts.size() <= values();
    return zeroLed > 0 && comeAgain || named && numbers.areWhole() && comeAgain && areNumbers();
  }

  private boolean areNumbers() {
    return numbers.count() == values();
  }

  /** Returns whether values are sentences rather than names. */
  private boolean isProse() {
    return texts.mean() >= 2.5 && counts.size() > FEW_NAMES;
  }

  /**
   * Returns whether nearly all values differ, and are no numbers, times or sentences; or numbers in
   * a column with a typical name.
   */
  private boolean isIdentifier() {
    long values = values();
    boolean allDiffer = counts.size() >= Math.min(MOST_DISTINCT, 0.95 * values);
    if (values < ENOUGH || !allDiffer) {
      return false;
    }
    if (areNumbers()) {
      boolean counted = words.endsWithOneOf(ROW_NUMBERS) || words.words().isEmpty();
      return numbers.areWhole() && isNamedIdentifier() || counted && numbers.countRows();
    }
    boolean times = noTimes.cardinality() < 0.5 * values;
    boolean numeric = numbers.count() >= 0.5 * values;
    return isNamedIdentifier() || !(times || numeric || isProse() || lists == values);
  }

  private boolean isNamedIdentifier() {
    return words.endsWithOneOf(IDENTIFIERS) || words.startsWith("unnamed");
  }

  /**
   * Returns the few names that stand among numbers, such as {@code unknown}: they are spellings of
   * a missing value. Empty where there are none, or many, or where names are most of the values.
   */
  Set<String> namesAmongNumbers() {
    boolean few = slips.size() <= 3 && numbers.count() >= 0.5 * values();
    boolean varied = counts.size() > FEW_NAMES;
    return few && varied && lists == 0 ? Set.copyOf(slips.keySet()) : Set.of();
  }
}
