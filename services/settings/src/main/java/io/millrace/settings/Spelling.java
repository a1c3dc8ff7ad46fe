package io.millrace.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the known name that somebody may have meant who wrote another. */
public final class Spelling {
  /** At most one edit for this many letters of the longer name. */
  private static final int LETTERS_PER_EDIT = 3;

  private Spelling() {}

  /** Returns the known name that is nearest to the written one; empty if none is near. */
  public static Optional<String> nearest(String written, Collection<String> known) {
    return known.stream()
        .filter(name -> isNear(written, name))
        .min(Comparator.comparingInt(name -> distance(written, name)));
  }

  /** Returns {@code did you mean NAME? } for the nearest known name; empty if none is near. */
  public static String suggestion(String written, Collection<String> known) {
    return nearest(written, known).map("did you mean %s? "::formatted).orElse("");
  }

  private static boolean isNear(String written, String name) {
    int longer = Math.max(written.length(), name.length());
    return longer > 1 && distance(written, name) <= Math.max(1, longer / LETTERS_PER_EDIT);
  }

  /**
   * Returns how many letters have to be added, left out or changed, or neighbours exchanged, to
   * make one name of the other (the optimal string alignment distance). Case, {@code -} and {@code
   * _} make no difference.
   */
  private static int distance(String one, String other) {
    String from = plain(one);
    String to = plain(other);
    int[] before = new int[to.length() + 1];
    int[] last = new int[to.length() + 1];
    int[] next = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      next[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int changed = last[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        next[j] = Math.min(changed, 1 + Math.min(last[j], next[j - 1]));
        if (i > 1 && j > 1 && areExchanged(from, i, to, j)) {
          next[j] = Math.min(next[j], before[j - 2] + 1);
        }
      }
      int[] oldest = before;
      before = last;
      last = next;
      next = oldest;
    }
    return last[to.length()];
  }

  private static boolean areExchanged(String from, int i, String to, int j) {
    return from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replace('-', '_');
  }
}
