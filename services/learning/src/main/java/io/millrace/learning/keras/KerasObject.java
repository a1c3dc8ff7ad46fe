package io.millrace.learning.keras;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An object as Keras serializes it: its class and the arguments of its constructor. Layers,
 * initializers, losses and optimizers have this form; a name alone stands for an object without
 * arguments.
 *
 * @param owner the object's owner, as a description for messages
 * @param isFunction whether Keras calls it a function, which has a name instead of a class
 */
record KerasObject(Object owner, String kind, Map<String, Object> config, boolean isFunction) {
  private static final Set<String> KEYS =
      Set.of(
          "module",
          "class_name",
          "config",
          "registered_name",
          "shared_object_id",
          "name", // of layers
          "inbound_nodes",
          "build_config",
          "compile_config");

  static KerasObject read(Object owner, String key, @Nullable Object json) {
    if (json instanceof String name) {
      return new KerasObject(owner, name, Map.of(), true);
    }
    Map<String, Object> tree = Json.map(json);
    String kind = Json.text(tree.get("class_name"));
    if (kind.isEmpty()) {
      throw UnsupportedKeras.value(owner, key, json, "a name, or an object with a class_name");
    }
    requireKnown(owner, key, tree);
    return kind.equals("function")
        ? new KerasObject(owner, Json.text(tree.get("config")), Map.of(), true)
        : new KerasObject(owner, kind, Json.map(tree.get("config")), false);
  }

  private static void requireKnown(Object owner, String key, Map<String, Object> tree) {
    for (Map.Entry<String, Object> entry : tree.entrySet()) {
      if (!KEYS.contains(entry.getKey())) {
        throw UnsupportedKeras.key(
            owner, key + "." + entry.getKey(), entry.getValue(), List.of("class_name", "config"));
      }
    }
    String module = Json.text(tree.get("module"));
    String registered = Json.text(tree.get("registered_name"));
    boolean isOfKeras = module.equals("builtins") || module.matches("(tf_)?keras(\\..*)?");
    if (module.isEmpty() ? registered.contains(">") : !isOfKeras) {
      throw UnsupportedKeras.value(
          owner, key, registered.isEmpty() ? module : registered, "what Keras itself has");
    }
  }

  /** Returns the class's name in snake case; a function already has such a name. */
  String smallLetters() {
    return KerasLayer.smallLetters(kind);
  }

  /**
   * Returns the arguments that are given, except for some names. Numbers are without the noise of
   * float32.
   */
  Map<String, Object> arguments(Set<String> without) {
    Map<String, Object> result = new LinkedHashMap<>();
    config.forEach(
        (name, value) -> {
          boolean isFloat32 = name.equals("dtype") && "float32".equals(value);
          if (value != null && !without.contains(name) && !isFloat32) {
            result.put(name, Json.withoutNoise(value));
          }
        });
    return result;
  }
}
