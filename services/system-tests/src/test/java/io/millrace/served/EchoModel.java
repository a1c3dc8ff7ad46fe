package io.millrace.served;

import io.millrace.checkpoints.DefinitionJson;
import io.millrace.checkpoints.Snapshot;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Two versions of the model {@code echo}: inputs are {@code pair}, of the fields a and b, and
 * {@code c}; output {@code choice} gives back a and b for the classes no and yes, {@code sum} the
 * sum of all three, one more in version 2.
 */
public final class EchoModel {
  public static final String NAME = "echo";

  private EchoModel() {}

  public static List<Snapshot> versions() {
    return List.of(version(0), version(1));
  }

  private static Snapshot version(float bias) {
    return Snapshots.of(definition(), new float[] {1, 0, 0, 1, 0, 0, 1, 1, 1, bias});
  }

  private static String definition() {
    Map<String, Object> inputs = new LinkedHashMap<>();
    inputs.put("pair", Map.of("fields", List.of("a", "b"), "scaling", "none"));
    inputs.put("c", Map.of("fields", List.of("c"), "scaling", "none"));
    Map<String, Object> outputs = new LinkedHashMap<>();
    outputs.put("choice", Map.of("classes", List.of("no", "yes")));
    outputs.put("sum", Map.of());
    List<Object> layers =
        List.of(
            Map.of("type", "dense", "name", "choice", "units", 2, "inputs", List.of("pair")),
            Map.of("type", "concatenate", "name", "all", "inputs", List.of("pair", "c")),
            Map.of("type", "dense", "name", "sum", "units", 1, "inputs", List.of("all")));
    return DefinitionJson.write(
        Map.of("inputs", inputs, "network", Map.of("layers", layers), "outputs", outputs));
  }
}
