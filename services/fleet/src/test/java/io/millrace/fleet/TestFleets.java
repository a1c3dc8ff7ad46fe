package io.millrace.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.fleet.keyed.FleetSettings;
import io.millrace.settings.Section;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Settings of small fleets, and records for them. */
public final class TestFleets {
  private TestFleets() {}

  /**
   * Returns the settings of a fleet of two numbers and two classes, with these sections besides.
   */
  public static FleetSettings settings(Map<String, ?> sections) {
    Section root = Section.root(document(sections));
    FleetSettings settings = FleetSettings.readAlone(root);
    root.finish();
    return settings;
  }

  static Map<String, Object> document(Map<String, ?> sections) {
    Map<String, Object> document = new HashMap<>();
    document.put("model", "shops");
    document.put("kafka", Map.of("bootstrap_servers", "nowhere:9092"));
    document.put("records", Map.of("topic", "sales"));
    document.put("inputs", Map.of("features", Map.of("fields", List.of("a", "b"))));
    document.put("outputs", Map.of("class", Map.of("classes", List.of("down", "up"))));
    document.put(
        "network",
        Map.of(
            "layers",
            List.of(
                Map.of("type", "dense", "units", 4, "activation", "relu"),
                Map.of("type", "dropout", "rate", 0.2),
                Map.of("type", "dense", "units", 2, "activation", "softmax"))));
    document.put("training", Map.of("batch_size", 4));
    document.put("validation", Map.of("window", 16, "min_window", 2, "evaluate_every", 8));
    document.put("fleet", Map.of());
    document.putAll(sections);
    return document;
  }

  /** Returns a record's value; what its class is depends on the seed of its key. */
  public static byte[] value(int key, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int a = random.nextInt(-100, 100);
    int b = random.nextInt(-100, 100);
    String label = a * (key % 3 - 1) + b > 0 ? "up" : "down";
    String shop = "\"shop\":\"s%d\"".formatted(key);
    return "{\"a\":%d,\"b\":%d,\"class\":\"%s\",%s}".formatted(a, b, label, shop).getBytes(UTF_8);
  }
}
