package io.millrace.cli.tables;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was understood of a file, in sentences for a person. */
final class Remarks {
  private Remarks() {}

  static List<String> of(FileLook look, ColumnForms forms) {
    List<String> remarks = new ArrayList<>(look.remarks());
    byForm(forms.forms()).forEach((form, names) -> remarks.add(converted(look, form, names)));
    remarks.addAll(forms.remarks());
    List<String> missing = new ArrayList<>();
    look.columns()
        .forEach(
            (name, votes) -> {
              if (!votes.missing().isEmpty()) {
                missing.add(missing(name, votes.missing()));
              }
            });
    if (!missing.isEmpty()) {
      remarks.add("missing values: " + Words.list(missing));
    }
    return remarks;
  }

  private static String missing(String column, Map<String, Long> spellings) {
    long count = spellings.values().stream().mapToLong(Long::longValue).sum();
    List<String> quoted = spellings.keySet().stream().map(Words::quoted).toList();
    return "%s %d (%s)".formatted(column, count, String.join(" ", quoted));
  }

  private static Map<ColumnForm, List<String>> byForm(Map<String, ColumnForm> forms) {
    Map<ColumnForm, List<String>> names = new LinkedHashMap<>();
    forms.forEach(
        (name, form) -> {
          if (form != ColumnForm.AS_WRITTEN) {
            names.computeIfAbsent(form, key -> new ArrayList<>()).add(name);
          }
        });
    return names;
  }

  /** Returns a sentence with an example of what is written anew. */
  private static String converted(FileLook look, ColumnForm form, List<String> names) {
    String kind =
        switch (form) {
          case DECIMAL_COMMA -> "numbers with decimal comma";
          case DAY_FIRST -> "dates, the day first";
          case MONTH_FIRST -> "dates, the month first";
          case CLEAR_DATE -> "dates";
          case DECIMAL_POINT, AS_WRITTEN -> "numbers with signs or thousands apart";
        };
    String example = "";
    for (String name : names) {
      ColumnVotes votes = look.columns().get(name);
      String written = votes == null ? null : votes.converted();
      if (written != null && example.isEmpty()) {
        example = " (%s is %s)".formatted(Words.quoted(written), form.read(written));
      }
    }
    return kind + ": " + Words.list(names) + example;
  }
}
