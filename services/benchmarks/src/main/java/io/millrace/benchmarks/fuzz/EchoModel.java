package io.millrace.benchmarks.fuzz;

import io.millrace.checkpoints.DefinitionJson;
import io.millrace.checkpoints.Snapshot;
import io.millrace.checkpoints.manifest.Counts;
import io.millrace.checkpoints.manifest.Provenance;
import io.millrace.checkpoints.manifest.StreamPosition;
import io.millrace.checkpoints.manifest.Summary;
import io.millrace.learning.state.State;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A model whose outputs are easy to predict. Its inputs are {@code pair}, of the fields a and b,
 * and {@code c}. The output {@code choice} returns a and b for the classes no and yes. The output
 * {@code sum} is the sum of all three and the version.
 */
final class EchoModel {
  static final String NAME = "echo";
  static final int VERSIONS = 2;
  static final int MAX_ROWS = 4;

  private EchoModel() {}

  static Snapshot snapshot(int version) {
    State weights = new State();
    weights.put("parameters", new float[] {1, 0, 0, 1, 0, 0, 1, 1, 1, version});
    weights.put("non_trainable", new float[0]);
    Summary summary =
        new Summary(
            Instant.EPOCH,
            new StreamPosition("echoes", Map.of(0, 12L)),
            new Counts(15, 3, 1, 0, 2, 1),
            "TRAINING",
            0.001,
            Map.of("val_loss", 0.5),
            Provenance.ofThisProcess("0.1", "host", 1, "00".repeat(32)),
            "0123456789abcdef".repeat(4));
    return new Snapshot(definition(), weights, new State(), summary);
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
