package io.millrace.cli.sample;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** The words of a column's texts: how many a text has, and how many there are. */
final class WordSample {
  private static final int MOST_WORDS = 512;
  private static final int MOST_DISTINCT = 20_000;

  private final long[] textsByWords = new long[MOST_WORDS + 1];
  private final Set<String> distinct = new HashSet<>();
  private long texts;
  private long words;

  void add(String text) {
    String[] each = text.split("[^\\p{L}\\p{N}]+");
    int count = 0;
    for (String word : each) {
      if (!word.isEmpty()) {
        count++;
        if (distinct.size() < MOST_DISTINCT) {
          distinct.add(word.toLowerCase(Locale.ROOT));
        }
      }
    }
    texts++;
    words += count;
    textsByWords[Math.min(count, MOST_WORDS)]++;
  }

  /** Returns the mean number of words. */
  double mean() {
    return texts == 0 ? 0 : (double) words / texts;
  }

  /** Returns the number of words that all but a twentieth of the texts have at most. */
  int common() {
    long within = 0;
    for (int count = 0; count <= MOST_WORDS; count++) {
      within += textsByWords[count];
      if (within >= 0.95 * texts) {
        return count;
      }
    }
    return MOST_WORDS;
  }

  /** Returns how many different words there are, 20,000 at most. */
  int distinct() {
    return distinct.size();
  }
}
