package io.millrace.cli.tables;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How the values of each column are written. A column shows it by values that can be read in one
 * way only, such as 1,5 or 31/12/2020; where it has none, the other columns of the file decide, and
 * a remark says so.
 */
final class ColumnForms {
  private final Map<String, ColumnForm> forms = new LinkedHashMap<>();
  private final List<String> remarks = new ArrayList<>();
  private final FileLook look;
  private final ColumnForm numbers;
  private final ColumnForm dates;

  /**
   * Decides for every column.
   *
   * @param known the forms that the settings say
   */
  ColumnForms(FileLook look, Map<String, ColumnForm> known) {
    this.look = look;
    this.numbers =
        most(
            ColumnForm.DECIMAL_POINT,
            ColumnForm.DECIMAL_COMMA,
            votes -> votes.isOfNumbers() ? votes.ownNumbers() : null,
            ColumnForm.DECIMAL_POINT);
    boolean isContinental = numbers == ColumnForm.DECIMAL_COMMA || hasSemicolons();
    this.dates =
        most(
            ColumnForm.MONTH_FIRST,
            ColumnForm.DAY_FIRST,
            votes -> votes.isOfDates() ? votes.ownDates() : null,
            isContinental ? ColumnForm.DAY_FIRST : ColumnForm.MONTH_FIRST);
    look.columns()
        .forEach(
            (name, votes) -> {
              ColumnForm form = known.get(name);
              forms.put(name, form == null ? decided(name, votes) : form);
            });
  }

  /** Returns the forms by the columns' names, in order. */
  Map<String, ColumnForm> forms() {
    return forms;
  }

  /** Returns sentences about columns that could be read in another way, too. */
  List<String> remarks() {
    return remarks;
  }

  /** Returns which of two forms more columns show. */
  private ColumnForm most(
      ColumnForm one,
      ColumnForm other,
      Function<ColumnVotes, @Nullable ColumnForm> own,
      ColumnForm otherwise) {
    int lead = 0;
    for (ColumnVotes votes : look.columns().values()) {
      ColumnForm form = own.apply(votes);
      lead += form == one ? 1 : form == other ? -1 : 0;
    }
    return lead > 0 ? one : lead < 0 ? other : otherwise;
  }

  private ColumnForm decided(String name, ColumnVotes votes) {
    if (votes.isOfNumbers()) {
      ColumnForm own = votes.ownNumbers();
      ColumnForm form = votes.needed(own == null ? numbers(votes) : own);
      if (own == null && form != ColumnForm.AS_WRITTEN) {
        remarkNumbers(name, votes.ambiguous(), form);
      }
      return form;
    }
    if (votes.isOfDates()) {
      ColumnForm own = votes.ownDates();
      ColumnForm form = votes.needed(own == null ? dates : own);
      if (own == null) {
        remarkDates(name, votes.ambiguous(), form);
      }
      return form;
    }
    return ColumnForm.AS_WRITTEN;
  }

  /** In a file with semicolons commas are free to begin fractions. */
  private ColumnForm numbers(ColumnVotes votes) {
    String ambiguous = votes.ambiguous();
    return ambiguous != null && ambiguous.indexOf(',') >= 0 && hasSemicolons()
        ? ColumnForm.DECIMAL_COMMA
        : numbers;
  }

  private boolean hasSemicolons() {
    return look.file().hasSemicolons();
  }

  private void remarkNumbers(String name, @Nullable String example, ColumnForm form) {
    if (example != null) {
      boolean isPoint = form == ColumnForm.DECIMAL_POINT;
      ColumnForm other = isPoint ? ColumnForm.DECIMAL_COMMA : ColumnForm.DECIMAL_POINT;
      remarks.add(
          "%s: %s is read as %s; if it is %s, write %s: [%s] in the section file"
              .formatted(
                  name,
                  Words.quoted(example),
                  form.read(example),
                  other.read(example),
                  isPoint ? "decimal_comma" : "decimal_point",
                  Quoted.of(name)));
    }
  }

  private void remarkDates(String name, @Nullable String example, ColumnForm form) {
    if (example != null) {
      boolean isDay = form == ColumnForm.DAY_FIRST;
      remarks.add(
          "%s: %s is read as %s, the %s first; if that is wrong, write %s: [%s] in the section file"
              .formatted(
                  name,
                  Words.quoted(example),
                  form.read(example),
                  isDay ? "day" : "month",
                  isDay ? "month_first" : "day_first",
                  Quoted.of(name)));
    }
  }
}
