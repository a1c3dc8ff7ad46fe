package io.millrace.predictor.following;

import io.millrace.checkpoints.Checkpoint;
import io.millrace.checkpoints.Snapshot;
import io.millrace.checkpoints.manifest.Provenance;
import io.millrace.checkpoints.manifest.StoredCounts;
import io.millrace.checkpoints.manifest.StreamPosition;
import io.millrace.checkpoints.manifest.Summary;
import io.millrace.learning.state.State;
import io.millrace.quickstart.EchoModel;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  /** Returns a version of the model `echo`. */
  public static ServedModel echo(long version) {
    return new ModelLoader(MAX_ROWS, ServedRivals.COMBINED, CLOCK).load(checkpoint(version, 0));
  }

  /** Returns a version of the model `echo` whose {@link ServedModel#computation} can be held. */
  public static ServedModel held(long version) {
    ServedModel echo = echo(version);
    return new ServedModel(
        echo.name(),
        ServedModel.Version.of(version),
        echo.signature(),
        new HeldComputation(echo.computation()),
        Origin.of(summary(), Map.of(), CLOCK));
  }

  /** Returns a version of the model `echo` that fails unforeseen where c is 13. */
  public static ServedModel failing(long version) {
    ServedModel echo = echo(version);
    return new ServedModel(
        echo.name(),
        ServedModel.Version.of(version),
        echo.signature(),
        new FailingComputation(echo.computation()),
        Origin.of(summary(), Map.of(), CLOCK));
  }

  /** Returns a version whose `sum` is more by {@code bias}, with a loss on its window. */
  static ServedModel biased(String model, long version, float bias, double windowLoss) {
    Checkpoint checkpoint = checkpoint(version, bias);
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
            known.parametersSha256(),
            known.mostRejected(),
            List.of());
    return new ModelLoader(MAX_ROWS, ServedRivals.COMBINED, CLOCK)
        .load(
            new Checkpoint(
                model, version, checkpoint.definition(), checkpoint.weights(), null, summary));
  }

  /** Returns the first version of a model with this JSON definition and these weights. */
  public static ServedModel of(String definition, State weights) {
    return new ModelLoader(MAX_ROWS, ServedRivals.COMBINED, CLOCK)
        .load(new Checkpoint("echo", 1, definition, weights, null, summary()));
  }

  static Checkpoint checkpoint(long version, float bias) {
    State weights = new State();
    weights.put("parameters", EchoModel.parameters(bias));
    weights.put("non_trainable", new float[0]);
    return new Checkpoint("echo", version, EchoModel.DEFINITION, weights, null, summary());
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

  static Summary summary() {
    return new Summary(
        CREATED_AT,
        new StreamPosition("echoes", Map.of(0, 12L, 1, 7L)),
        new StoredCounts(15, 3, 1, 0, 2, 1),
        "TRAINING",
        0.001,
        Map.of("val_loss", 0.5),
        Provenance.ofThisProcess("0.1", "host", 1, SHA256),
        SHA256,
        Optional.empty(),
        List.of());
  }
}
