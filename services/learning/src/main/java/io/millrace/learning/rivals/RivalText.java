package io.millrace.learning.rivals;

import io.millrace.learning.model.Rival;
import io.millrace.learning.network.HiddenLayers;
import io.millrace.settings.SectionText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What the settings of a rival change, in words. */
public final class RivalText {
  private RivalText() {}

  /**
   * Returns the changes, such as {@code batch_size 1, learning_rate 0.004, layers 32-32}; empty if
   * there are none.
   */
  public static String changes(Rival rival) {
    List<String> words = new ArrayList<>();
    if (rival.overrides().get("training") instanceof Map<?, ?> training) {
      sorted(training).forEach((key, value) -> words.addAll(words(key, value)));
    }
    if (rival.overrides().get("network") instanceof Map<?, ?> network) {
      words.add(layers(HiddenLayers.of(network.get("layers"))));
    }
    return String.join(", ", words);
  }

  private static List<String> words(String key, Object value) {
    if (key.equals("optimizer") && value instanceof Map<?, ?> options) {
      return sorted(options).entrySet().stream()
          .map(option -> option.getKey() + " " + line(option.getValue()))
          .toList();
    }
    return List.of(key + " " + line(value));
  }

  private static String line(Object value) {
    return SectionText.line(value instanceof Map<?, ?> options ? sorted(options) : value).trim();
  }

  /** Sorts options, so that the words do not depend on who has written them. */
  private static Map<String, Object> sorted(Map<?, ?> options) {
    Map<String, Object> sorted = new TreeMap<>();
    options.forEach((key, value) -> sorted.put(String.valueOf(key), value));
    return sorted;
  }

  private static String layers(Optional<HiddenLayers> hidden) {
    if (hidden.isEmpty()) {
      return "other layers";
    }
    HiddenLayers layers = hidden.get();
    if (layers.count() == 0) {
      return "no hidden layer";
    }
    String widths =
        IntStream.range(0, layers.count())
            .mapToObj(block -> String.valueOf(layers.units(block)))
            .collect(Collectors.joining("-"));
    return "layers " + widths + (layers.areNormalized() ? " normalized" : "");
  }
}
