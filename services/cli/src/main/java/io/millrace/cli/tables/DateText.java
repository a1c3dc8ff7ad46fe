package io.millrace.cli.tables;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A date as people write it, with or without a time: {@code 31.12.2020}, {@code 12/31/20 5:30 PM},
 * {@code 31-Dec-2020}, {@code Dec 31, 2020}, {@code 2020/12/31}. Years of two digits are 1969 to
 * 2068.
 */
final class DateText {
  private static final int SHORTEST = 6;
  private static final int LONGEST = 50;
  private static final int FIRST_OF_LAST_CENTURY = 69;

  private static final String TIME =
      "(?:(?:[T,:]\\s*|\\s+(?:at\\s+)?|,\\s+)(?<hour>\\d{1,2}):(?<minute>\\d{2})"
          + "(?::(?<second>\\d{2})(?:[.,](?<part>\\d{1,9}))?)?\\s*+(?<half>[AaPp]\\.?[Mm]\\.?)?"
          + "\\s*+(?<offset>Z|UTC|GMT|[+-]\\d{2}(?::?\\d{2})?)?)?";
  private static final String WEEKDAY = "(?:\\p{L}{2,10}\\.?,?\\s+)?";
  private static final String NAME = "(?<name>\\p{L}{3,10})";

  private static final Pattern YEAR_FIRST =
      Pattern.compile(
          "(?<year>\\d{4})(?<mark>[-/.])(?<first>\\d{1,2})\\k<mark>(?<second2>\\d{1,2})" + TIME);
  private static final Pattern YEAR_LAST =
      Pattern.compile(
          WEEKDAY
              + "(?<first>\\d{1,2})(?<mark>[-/.])(?<second2>\\d{1,2})\\k<mark>(?<year>\\d{4}|\\d{2})"
              + TIME);
  private static final Pattern DAY_NAME =
      Pattern.compile(
          WEEKDAY
              + ("(?<day>\\d{1,2})(?:st|nd|rd|th)?\\.?[-/\\s]*(?:de\\s+)?" + NAME)
              + ("\\.?,?[-/\\s]*(?:de\\s+)?(?<year>\\d{4}|\\d{2})" + TIME));
  private static final Pattern NAME_DAY =
      Pattern.compile(
          WEEKDAY
              + (NAME + "\\.?[-/\\s]*(?<day>\\d{1,2})(?:st|nd|rd|th)?")
              + (",?[-/\\s]+(?<year>\\d{4})" + TIME));

  private static final Map<String, Integer> MONTHS = months();

  private DateText() {}

  private static Map<String, Integer> months() {
    Map<String, Integer> months = new HashMap<>();
    for (String language : List.of("pt", "nl", "it", "es", "fr", "de", "en")) {
      Locale locale = Locale.forLanguageTag(language);
      for (Month month : Month.values()) {
        for (TextStyle style :
            List.of(
                TextStyle.FULL,
                TextStyle.SHORT,
                TextStyle.FULL_STANDALONE,
                TextStyle.SHORT_STANDALONE)) {
          String name = month.getDisplayName(style, locale).toLowerCase(Locale.ROOT);
          months.put(name.replace(".", ""), month.getValue());
        }
      }
    }
    for (Month month : Month.values()) {
      months.put(month.name().substring(0, 3).toLowerCase(Locale.ROOT), month.getValue());
    }
    months.put("sept", Month.SEPTEMBER.getValue());
    return months;
  }

  /**
   * Returns the date in ISO 8601, with the time and the offset if there are any; null if the text
   * is no date.
   *
   * @param isDayFirst whether 1/2/2020 is in February; a date with points has its day first anyway,
   *     if that is possible
   */
  static @Nullable String read(String text, boolean isDayFirst) {
    if (text.length() < SHORTEST || text.length() > LONGEST || !NumberText.hasDigit(text)) {
      return null;
    }
    Matcher matcher = YEAR_FIRST.matcher(text);
    if (matcher.matches()) {
      return iso(matcher, number(matcher, "first"), number(matcher, "second2"));
    }
    matcher = YEAR_LAST.matcher(text);
    if (matcher.matches()) {
      return numeric(matcher, isDayFirst);
    }
    matcher = DAY_NAME.matcher(text);
    if (matcher.matches() || (matcher = NAME_DAY.matcher(text)).matches()) {
      Integer month = MONTHS.get(matcher.group("name").toLowerCase(Locale.ROOT));
      return month == null ? null : iso(matcher, month, number(matcher, "day"));
    }
    return null;
  }

  private static @Nullable String numeric(Matcher matcher, boolean isDayFirst) {
    int first = number(matcher, "first");
    int second = number(matcher, "second2");
    if (matcher.group("mark").equals(".")) {
      String dayFirst = iso(matcher, second, first);
      return dayFirst == null ? iso(matcher, first, second) : dayFirst;
    }
    return isDayFirst ? iso(matcher, second, first) : iso(matcher, first, second);
  }

  private static @Nullable String iso(Matcher matcher, int month, int day) {
    try {
      LocalDate date = LocalDate.of(year(matcher.group("year")), month, day);
      return matcher.group("hour") == null ? date.toString() : withTime(date, matcher);
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static @Nullable String withTime(LocalDate date, Matcher matcher) {
    int hour = number(matcher, "hour");
    String half = matcher.group("half");
    if (half != null) {
      boolean isAfternoon = (half.charAt(0) | 0x20) == 'p';
      if (hour < 1 || hour > 12) {
        return null;
      }
      hour = hour % 12 + (isAfternoon ? 12 : 0);
    }
    int minute = number(matcher, "minute");
    int second = matcher.group("second") == null ? 0 : number(matcher, "second");
    if (hour > 23 || minute > 59 || second > 59) {
      return null;
    }
    String part = matcher.group("part");
    return String.format(Locale.ROOT, "%sT%02d:%02d:%02d", date, hour, minute, second)
        + (part == null ? "" : "." + part)
        + offset(matcher.group("offset"));
  }

  private static String offset(@Nullable String written) {
    if (written == null) {
      return "";
    }
    if (Character.isLetter(written.charAt(0))) {
      return "Z";
    }
    String digits = written.replace(":", "");
    return digits.substring(0, 3) + ":" + (digits.length() > 3 ? digits.substring(3) : "00");
  }

  private static int year(String written) {
    int year = Integer.parseInt(written);
    if (written.length() > 2) {
      return year;
    }
    return year + (year < FIRST_OF_LAST_CENTURY ? 2000 : 1900);
  }

  private static int number(Matcher matcher, String group) {
    return Integer.parseInt(matcher.group(group));
  }
}
