package io.millrace.learning.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {
  private static final String JOINER = "\u200d";
  private static final String WOMAN = "👩";

  @ParameterizedTest
  @CsvSource(
      delimiter = '/',
      value = {
        "The quick (“brown”) fox can’t jump 32.3 feet, right? / The quick brown fox can’t jump 32.3"
            + " feet right",
        "foo_bar a.b 1,000.5 3;4 a,b x: re:do ' __ / foo_bar a.b 1,000.5 3;4 a b x re do",
        "दी ली पी की / दी ली पी की",
        "হিন্দি தமிழ் മലയാളം / হিন্দি தமிழ் മലയാളം",
        "กา กี ภาษาไทย / กา กี ภาษาไทย",
        "中文 分词 / 中 文 分 词",
        "ひらカタカナー한국어 / ひ ら カタカナー 한국어",
        "שָׁלוֹם العَرَبِيَّة / שָׁלוֹם العَرَبِيَّة",
        "😭😡 ok👍🏽 / 😭 😡 ok 👍🏽",
        "🇩🇪🇫🇷🇮 / 🇩🇪 🇫🇷 🇮",
        "❤️‍🔥1️⃣ ☀ ⁉️ ?! / ❤️‍🔥 1️⃣ ☀ ⁉️",
        "© 20°C ½ + $5 → · / © 20 C ½ 5",
      })
  void segments_ofManyScripts_areWordsMarksAndAll(String text, String expected) {
    assertThat(words(text)).containsExactly(expected.split(" "));
  }

  @Test
  void segments_joinedEmojiAndLetters_areOneWord() {
    String family = WOMAN + JOINER + "👧🏽" + JOINER + "👦";

    assertThat(words(family + WOMAN)).containsExactly(family, WOMAN);
    assertThat(words("क्" + JOINER + "ष x")).containsExactly("क्" + JOINER + "ष", "x");
    assertThat(words(WOMAN + JOINER + "x")).containsExactly(WOMAN + JOINER, "x");
  }

  @Test
  void segments_charactersOfLaterUnicode_areReadAlikeByEveryJava() {
    assertThat(words("🫨🫠")).containsExactly("🫨", "🫠"); // Unicode 15 and 14
    assertThat(words("\ud888\udfb0\ud888\udfb1")) // U+323B0 and U+323B1, Unicode 17
        .containsExactly("\ud888\udfb0", "\ud888\udfb1");
  }

  @Property
  void segments_ofAnyText_endAndCoverIt(@ForAll String text) {
    int end = 0;
    while (end < text.length()) {
      int next = Words.segmentEnd(text, end);
      assertThat(next).isGreaterThan(end).isLessThanOrEqualTo(text.length());
      end = next;
    }
  }

  @Test
  void text_composedOrDecomposedAndInCapitals_hasTheSameTokens() {
    assertThat(cells("Ünïcode ÅNGSTRÖM 한국"))
        .isEqualTo(cells("u\u0308ni\u0308code a\u030angstro\u0308m 한국"));
    assertThat(cells("दी")).isNotEqualTo(cells("दा"));
    assertThat(cells("v 1.50")).isEqualTo(cells("V 1.5")).isNotEqualTo(cells("v 1.51"));
    assertThat(TokensForm.nameOf("ÉTÉ")).isEqualTo("e\u0301te\u0301".replace("e\u0301", "é"));
  }

  @Test
  void text_turkishMachine_isLowerCaseAsEverywhere() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("tr"));
      assertThat(cells("TITLE")).isEqualTo(cells("title"));
    } finally {
      Locale.setDefault(before);
    }
  }

  private static float[] cells(String text) {
    TokensForm form = new TokensForm(4, false);
    float[] cells = new float[form.width()];
    form.text(text, cells, 0);
    return cells;
  }

  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    int end;
    for (int start = 0; start < text.length(); start = end) {
      end = Words.segmentEnd(text, start);
      if (Words.isWord(text, start, end)) {
        words.add(text.substring(start, end));
      }
    }
    return words;
  }
}
