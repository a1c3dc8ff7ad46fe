package io.millrace.learning.features;

/**
 * The word-boundary class of a character: the Word_Break property of Unicode's annex 29, derived
 * from the general categories that Java has.
 *
 * <p>Characters unknown to the running Java count as letters, or as pictographs and ideographs in
 * the ranges that Unicode reserves for these. Java 17 (Unicode 13) and later versions thus read
 * texts alike.
 *
 * <p>Source: Unicode Standard Annex #29, Text Segmentation, table 3.
 */
enum WordBreak {
  /** A letter of a script that writes words with several letters. */
  LETTER,

  NUMERIC,

  KATAKANA,

  /** A character that is a word of its own, such as a Chinese character or a Hiragana sign. */
  ALONE,

  /** A pictorial symbol, such as an emoji. */
  PICTOGRAPH,

  /** One half of a flag. */
  REGIONAL_INDICATOR,

  /** A mark that belongs to the character before it, such as a vowel sign or a skin tone. */
  EXTEND,

  ZERO_WIDTH_JOINER,

  /** Joins the letters on both sides. */
  MID_LETTER,

  /** Joins the digits on both sides. */
  MID_NUMBER,

  /** Joins the letters or digits on both sides. */
  MID_LETTER_OR_NUMBER,

  /** Joins its neighbours, such as {@code _}. */
  CONNECTOR,

  OTHER;

  private static final int VARIATION_SELECTOR_16 = 0xfe0f;

  static WordBreak of(int character) {
    if (character < 0x80) {
      return ofAscii(character);
    }
    return switch (Character.getType(character)) {
      case Character.UPPERCASE_LETTER,
          Character.LOWERCASE_LETTER,
          Character.TITLECASE_LETTER,
          Character.MODIFIER_LETTER,
          Character.OTHER_LETTER,
          Character.LETTER_NUMBER,
          Character.UNASSIGNED ->
          ofLetter(character);
      case Character.DECIMAL_DIGIT_NUMBER -> NUMERIC;
      case Character.OTHER_NUMBER -> ALONE;
      case Character.OTHER_SYMBOL -> ofSymbol(character);
      case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK ->
          EXTEND;
      case Character.FORMAT -> ofFormat(character);
      case Character.CONNECTOR_PUNCTUATION -> CONNECTOR;
      case Character.MODIFIER_SYMBOL -> isIn(character, 0x1f3fb, 0x1f3ff) ? EXTEND : OTHER;
      default -> ofPunctuation(character);
    };
  }

  /** Returns whether a segment with such a character is a word. */
  boolean isWord() {
    return switch (this) {
      case LETTER, NUMERIC, KATAKANA, ALONE, PICTOGRAPH, REGIONAL_INDICATOR -> true;
      default -> false;
    };
  }

  /** Returns whether the character belongs to the character before it. */
  boolean extendsWord() {
    return this == EXTEND || this == ZERO_WIDTH_JOINER;
  }

  /** Returns whether the character requests emoji presentation for the one before it. */
  static boolean asksForEmoji(int character) {
    return character == VARIATION_SELECTOR_16;
  }

  private static WordBreak ofAscii(int character) {
    if (isIn(character | 0x20, 'a', 'z')) {
      return LETTER;
    }
    if (isIn(character, '0', '9')) {
      return NUMERIC;
    }
    return switch (character) {
      case '.', '\'' -> MID_LETTER_OR_NUMBER;
      case ',', ';' -> MID_NUMBER;
      case '_' -> CONNECTOR;
      default -> OTHER;
    };
  }

  private static WordBreak ofLetter(int character) {
    if (isIn(character, 0x1f000, 0x1faff) || isIn(character, 0x1fc00, 0x1fffd)) {
      return PICTOGRAPH;
    }
    if (Character.isIdeographic(character) || isIn(character, 0x20000, 0x3ffff)) {
      return ALONE;
    }
    if (isIn(character, 0x3031, 0x3035)
        || isIn(character, 0x30a0, 0x30ff)
        || isIn(character, 0x31f0, 0x31ff)
        || isIn(character, 0xff66, 0xff9d)) {
      return KATAKANA;
    }
    if (isIn(character, 0xff9e, 0xff9f)) {
      return EXTEND; // halfwidth voiced sound marks
    }
    if (isIn(character, 0x3041, 0x309f) || isIn(character, 0x1b001, 0x1b11f)) {
      return ALONE; // Hiragana
    }
    return (character & 0xfffe) == 0xfffe ? OTHER : LETTER; // a noncharacter is not a letter
  }

  private static WordBreak ofSymbol(int character) {
    if (isIn(character, 0x1f1e6, 0x1f1ff)) {
      return REGIONAL_INDICATOR;
    }
    boolean picture = character >= 0x2000 || character == 0xa9 || character == 0xae;
    return picture ? PICTOGRAPH : OTHER; // false for the degree sign, for example
  }

  private static WordBreak ofFormat(int character) {
    return switch (character) {
      case 0x200d -> ZERO_WIDTH_JOINER;
      case 0x200b -> OTHER; // a zero-width space separates words
      default -> EXTEND;
    };
  }

  private static WordBreak ofPunctuation(int character) {
    return switch (character) {
      case 0xb7, 0x387, 0x55f, 0x5f4, 0x2027, 0xfe13, 0xfe55, 0xff1a -> MID_LETTER;
      case 0x37e,
          0x589,
          0x60c,
          0x60d,
          0x66b,
          0x66c,
          0x7f8,
          0x2044,
          0xfe10,
          0xfe14,
          0xfe50,
          0xfe54,
          0xff0c,
          0xff1b ->
          MID_NUMBER;
      case 0x2018, 0x2019, 0x2024, 0xfe52, 0xff07, 0xff0e -> MID_LETTER_OR_NUMBER;
      case 0x202f -> CONNECTOR;
      default -> OTHER;
    };
  }

  private static boolean isIn(int character, int first, int last) {
    return first <= character && character <= last;
  }
}
