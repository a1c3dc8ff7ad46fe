package io.millrace.learning.augmentation;

import io.millrace.learning.features.Feature;
import io.millrace.learning.features.TextFeature;
import io.millrace.learning.model.InputSettings;
import io.millrace.learning.random.RandomStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Changes the tokens of an input's texts: some are deleted, some change places, and some are
 * replaced by the unknown token. Allocates nothing but its constructor. Owned by one thread.
 *
 * <p>Deletion and swaps: J. Wei, K. Zou, "EDA: Easy Data Augmentation Techniques for Boosting
 * Performance on Text Classification Tasks", 2019. Replacement: S. R. Bowman et al., "Generating
 * Sentences from a Continuous Space", 2016, word dropout.
 */
final class TextAugmentation {
  private static final int DELETION = 0;
  private static final int SWAP = 1;
  private static final int DROPOUT = 2;
  private static final int UNKNOWN = 1;

  private final AugmentationSettings settings;
  private final int[] starts;
  private final int[] tokens;

  TextAugmentation(InputSettings input, AugmentationSettings settings) {
    this.settings = settings;
    List<int[]> texts = new ArrayList<>();
    int start = 0;
    for (Feature feature : input.features()) {
      if (feature instanceof TextFeature text) {
        texts.add(new int[] {start, text.tokens()});
      }
      start += feature.width();
    }
    starts = texts.stream().mapToInt(text -> text[0]).toArray();
    tokens = texts.stream().mapToInt(text -> text[1]).toArray();
  }

  /**
   * Changes the texts of a row.
   *
   * @param values the numbers of tokens; 0 follows the last one, 1 is the unknown one
   * @param row where the row begins
   */
  void apply(float[] values, int row, RandomStream drawn) {
    for (int i = 0; i < starts.length; i++) {
      vary(values, row + starts[i], tokens[i], drawn.split(i));
    }
  }

  private void vary(float[] values, int start, int most, RandomStream drawn) {
    int length = 0;
    while (length < most && values[start + length] != 0) {
      length++;
    }
    if (length == 0) {
      return;
    }
    if (settings.randomDeletion() > 0) {
      length = delete(values, start, length, drawn.split(DELETION));
    }
    if (settings.randomSwap() > 0) {
      swap(values, start, length, drawn.split(SWAP));
    }
    RandomStream dropped = drawn.split(DROPOUT);
    for (int i = 0; i < length; i++) {
      if (dropped.uniform(i) < settings.tokenDropout()) {
        values[start + i] = UNKNOWN;
      }
    }
  }

  /** Deletes tokens, but leaves one; returns how many are left. */
  private int delete(float[] values, int start, int length, RandomStream drawn) {
    float kept = values[start + drawn.integer(-1, length)];
    int left = 0;
    for (int i = 0; i < length; i++) {
      if (drawn.uniform(i) >= settings.randomDeletion()) {
        values[start + left++] = values[start + i];
      }
    }
    if (left == 0) {
      values[start + left++] = kept;
    }
    for (int i = left; i < length; i++) {
      values[start + i] = 0;
    }
    return left;
  }

  /** Lets two tokens change places, as often as a share of the text's length, once at least. */
  private void swap(float[] values, int start, int length, RandomStream drawn) {
    int swaps = Math.max(1, (int) (settings.randomSwap() * length));
    for (int i = 0; i < swaps; i++) {
      int one = start + drawn.integer(2L * i, length);
      int other = start + drawn.integer(2L * i + 1, length);
      float token = values[one];
      values[one] = values[other];
      values[other] = token;
    }
  }
}
