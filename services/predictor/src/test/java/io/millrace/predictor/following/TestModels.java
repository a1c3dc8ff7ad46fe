package io.millrace.predictor.following;

import io.millrace.checkpoints.Checkpoint;
import io.millrace.checkpoints.DefinitionJson;
import io.millrace.checkpoints.Snapshot;
import io.millrace.checkpoints.manifest.Counts;
import io.millrace.checkpoints.manifest.Provenance;
import io.millrace.checkpoints.manifest.StreamPosition;
import io.millrace.checkpoints.manifest.Summary;
import io.millrace.learning.state.State;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Models with predictable answers. The inputs are {@code pair}, of the fields a and b, and {@code
 * c}. The output {@code choice} returns a and b as the scores of the classes no and yes; {@code
 * sum} is the sum of all three and of the model's bias.
 */
public final class TestModels {
  public static final int MAX_ROWS = 4;
  public static final Instant CREATED_AT = Instant.parse("2026-11-21T10:00:00Z");

  /** Three seconds after the versions were made. */
  static final Clock CLOCK = Clock.fixed(CREATED_AT.plusSeconds(3), ZoneOffset.UTC);

  private static final String SHA256 = "0123456789abcdef".repeat(4);

  private TestModels() {}

  /** Returns a version of the model {@code echo}. */
  public static ServedModel echo(long sequence) {
    return new ModelLoader(MAX_ROWS, CLOCK).load(checkpoint(sequence, 0));
  }

  /**
   * Returns a version of the model {@code echo} whose {@link ServedModel#computation} can be held.
   */
  public static ServedModel held(long sequence) {
    ServedModel echo = echo(sequence);
    return new ServedModel(
        echo.name(),
        ServedModel.Version.of(sequence),
        echo.signature(),
        new HeldComputation(echo.computation()),
        Origin.of(summary(), CLOCK));
  }

  /** Returns a version of the model {@code echo} that fails unforeseen if c is 13. */
  public static ServedModel failing(long sequence) {
    ServedModel echo = echo(sequence);
    return new ServedModel(
        echo.name(),
        ServedModel.Version.of(sequence),
        echo.signature(),
        new FailingComputation(echo.computation()),
        Origin.of(summary(), CLOCK));
  }

  /** Returns a version whose {@code sum} is larger by {@code bias}, with a loss on its window. */
  static ServedModel biased(String model, long sequence, float bias, double windowLoss) {
    Checkpoint checkpoint = checkpoint(sequence, bias);
    Summary known = checkpoint.summary();
    Summary summary =
        new Summary(
            known.createdAt(),
            known.position(),
            known.counts(),
            known.phase(),
            known.learningRate(),
            Map.of("val_loss", windowLoss),
            known.provenance(),
            known.parametersSha256());
    return new ModelLoader(MAX_ROWS, CLOCK)
        .load(
            new Checkpoint(
                model, sequence, checkpoint.definition(), checkpoint.weights(), null, summary));
  }

  /** Returns the first version of a model with this JSON definition and these weights. */
  public static ServedModel of(String definition, State weights) {
    return new ModelLoader(MAX_ROWS, CLOCK)
        .load(new Checkpoint("echo", 1, definition, weights, null, summary()));
  }

  static Checkpoint checkpoint(long sequence, float bias) {
    State weights = new State();
    weights.put("parameters", new float[] {1, 0, 0, 1, 0, 0, 1, 1, 1, bias});
    weights.put("non_trainable", new float[0]);
    return new Checkpoint("echo", sequence, definition(), weights, null, summary());
  }

  /** Returns the snapshot that a trainer would write. */
  public static Snapshot snapshot(float bias) {
    Checkpoint checkpoint = checkpoint(1, bias);
    return new Snapshot(
        checkpoint.definition(), checkpoint.weights(), new State(), checkpoint.summary());
  }

  /** Serves these versions; the last is the champion. */
  public static ServedModels serving(ServedModel... versions) {
    ServedModels served = new ServedModels(Set.of("echo"));
    for (ServedModel version : versions) {
      publish(served, version);
    }
    return served;
  }

  /** Serves these versions; the first is the champion. */
  public static ServedModels servingFirst(ServedModel champion, ServedModel... others) {
    ServedModels served = new ServedModels(Set.of(champion.name()));
    Map<String, ServedModel> retained = new HashMap<>();
    retained.put(champion.version(), champion);
    for (ServedModel other : others) {
      retained.put(other.version(), other);
    }
    served.replace(champion.name(), ServedVersions.of(champion, retained));
    return served;
  }

  /** Adds a version and makes it the champion. */
  public static void publish(ServedModels served, ServedModel version) {
    ServedVersions before = served.of(version.name());
    Map<String, ServedModel> retained =
        new HashMap<>(before == null ? Map.of() : before.retained());
    retained.put(version.version(), version);
    served.replace(version.name(), ServedVersions.of(version, retained));
  }

  /** Serves a version instead of all earlier ones. */
  public static void replaceAll(ServedModels served, ServedModel version) {
    served.replace(version.name(), ServedVersions.of(version, Map.of(version.version(), version)));
  }

  static String definition() {
    Map<String, Object> inputs = new LinkedHashMap<>();
    inputs.put("pair", Map.of("fields", List.of("a", "b"), "scaling", "none"));
    inputs.put("c", Map.of("fields", List.of("c"), "scaling", "none"));
    Map<String, Object> outputs = new LinkedHashMap<>();
    outputs.put("choice", Map.of("classes", List.of("no", "yes")));
    outputs.put("sum", Map.of());
    List<Object> layers =
        List.of(
            dense("choice", 2, "pair"),
            Map.of("type", "concatenate", "name", "all", "inputs", List.of("pair", "c")),
            dense("sum", 1, "all"));
    return DefinitionJson.write(
        Map.of("inputs", inputs, "network", Map.of("layers", layers), "outputs", outputs));
  }

  static Summary summary() {
    return new Summary(
        CREATED_AT,
        new StreamPosition("echoes", Map.of(0, 12L, 1, 7L)),
        new Counts(15, 3, 1, 0, 2, 1),
        "TRAINING",
        0.001,
        Map.of("val_loss", 0.5),
        Provenance.ofThisProcess("0.1", "host", 1, SHA256),
        SHA256);
  }

  private static Map<String, Object> dense(String name, int units, String input) {
    return Map.of("type", "dense", "name", name, "units", units, "inputs", List.of(input));
  }
}
