package io.millrace.trainer.events;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Says in words how much weight rivals have. Safe for any thread. */
public final class ShareWords {
  private static final int MOST_NAMED = 3;

  private ShareWords() {}

  /**
   * Returns the rivals with the largest shares, such as {@code fast 62.1 %, default 20.5 %, narrow
   * 9.0 %, 5 others 8.4 %}.
   *
   * @param shares from 0 to 1, by the rival's name
   */
  public static String of(Map<String, Double> shares) {
    List<Map.Entry<String, Double>> largest =
        shares.entrySet().stream()
            .sorted(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder()))
            .toList();
    int others = largest.size() - MOST_NAMED;
    if (others <= 1) { // one other has a name, too
      return named(largest);
    }
    double rest =
        largest.stream().skip(MOST_NAMED).mapToDouble(Map.Entry<String, Double>::getValue).sum();
    return "%s, %d others %s"
        .formatted(named(largest.subList(0, MOST_NAMED)), others, percent(rest));
  }

  /** Returns a share in percent. */
  public static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  private static String named(List<Map.Entry<String, Double>> shares) {
    return shares.stream()
        .map(share -> share.getKey() + " " + percent(share.getValue()))
        .collect(Collectors.joining(", "));
  }
}
