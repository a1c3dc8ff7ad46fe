package io.millrace.learning.features;

/**
 * Finds the words of a text by the default rules of Unicode's annex 29. Marks, joiners and the
 * parts of one emoji stay together, and an ideograph is a word of its own. A segment without a
 * letter, digit or pictograph is not a word.
 *
 * <p>Differs from the default in three points: a colon separates words, as in ICU. Thai, Lao, Khmer
 * and Burmese, which write no spaces between words and would need a dictionary, have words from
 * space to space. A quotation mark between Hebrew letters separates words.
 *
 * <p>Source: Unicode Standard Annex #29, Text Segmentation, section 4.1.1; comments give the
 * numbers of its rules.
 */
final class Words {
  private Words() {}

  /** Returns the end of the segment that begins at {@code start}, an index within the text. */
  static int segmentEnd(String text, int start) {
    int character = text.codePointAt(start);
    WordBreak last = WordBreak.of(character);
    int end = withMarks(text, start + Character.charCount(character));
    boolean halfFlag = last == WordBreak.REGIONAL_INDICATOR;
    while (end < text.length()) {
      int next = joined(text, last, end, halfFlag);
      if (next == end) {
        return end;
      }
      last = WordBreak.of(text.codePointBefore(next));
      halfFlag = false;
      end = withMarks(text, next);
    }
    return end;
  }

  /** Returns whether a segment is a word. */
  static boolean isWord(String text, int start, int end) {
    for (int at = start; at < end; ) {
      int character = text.codePointAt(at);
      if (WordBreak.of(character).isWord() || WordBreak.asksForEmoji(character)) {
        return true;
      }
      at += Character.charCount(character);
    }
    return false;
  }

  /** Returns the index after the next part of the same word; {@code end} if there is none. */
  private static int joined(String text, WordBreak last, int end, boolean halfFlag) {
    int character = text.codePointAt(end);
    WordBreak next = WordBreak.of(character);
    int behind = end + Character.charCount(character);
    boolean joins =
        next == WordBreak.REGIONAL_INDICATOR
            ? halfFlag // WB15, WB16
            : next == WordBreak.PICTOGRAPH
                ? text.charAt(end - 1) == '\u200d' // WB3c
                : touches(last, next);
    if (joins) {
      return behind;
    }
    int far = withMarks(text, behind);
    if (far == text.length()) {
      return end;
    }
    int beyond = text.codePointAt(far);
    return isBetween(last, next, WordBreak.of(beyond)) ? far + Character.charCount(beyond) : end;
  }

  /** WB5, WB8 to WB10, WB13 to WB13b. */
  private static boolean touches(WordBreak last, WordBreak next) {
    return switch (last) {
      case LETTER, NUMERIC ->
          next == WordBreak.LETTER || next == WordBreak.NUMERIC || next == WordBreak.CONNECTOR;
      case KATAKANA -> next == WordBreak.KATAKANA || next == WordBreak.CONNECTOR;
      case CONNECTOR ->
          next == WordBreak.LETTER
              || next == WordBreak.NUMERIC
              || next == WordBreak.KATAKANA
              || next == WordBreak.CONNECTOR;
      default -> false;
    };
  }

  /** WB6 and WB7, WB11 and WB12. */
  private static boolean isBetween(WordBreak last, WordBreak middle, WordBreak next) {
    return switch (middle) {
      case MID_LETTER -> last == WordBreak.LETTER && next == last;
      case MID_NUMBER -> last == WordBreak.NUMERIC && next == last;
      case MID_LETTER_OR_NUMBER ->
          (last == WordBreak.LETTER || last == WordBreak.NUMERIC) && next == last;
      default -> false;
    };
  }

  /** Returns the index after the marks that begin there (WB4). */
  private static int withMarks(String text, int from) {
    int end = from;
    while (end < text.length()) {
      int character = text.codePointAt(end);
      if (!WordBreak.of(character).extendsWord()) {
        return end;
      }
      end += Character.charCount(character);
    }
    return end;
  }
}
