package io.millrace.served;

import io.millrace.checkpoints.Snapshot;
import io.millrace.checkpoints.manifest.Provenance;
import io.millrace.checkpoints.manifest.StoredCounts;
import io.millrace.checkpoints.manifest.StreamPosition;
import io.millrace.checkpoints.manifest.Summary;
import io.millrace.learning.state.State;
import io.millrace.quickstart.EchoModel;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a trainer would hand over. */
public final class Snapshots {
  private Snapshots() {}

  /** Returns two versions of the echo model; the sum of the second is more by one. */
  public static List<Snapshot> echoes() {
    return List.of(echo(0), echo(1));
  }

  private static Snapshot echo(float bias) {
    return of(EchoModel.DEFINITION, EchoModel.parameters(bias));
  }

  static Snapshot of(String definition, float[] parameters) {
    State weights = new State();
    weights.put("parameters", parameters);
    weights.put("non_trainable", new float[0]);
    Summary summary =
        new Summary(
            Instant.parse("2026-11-21T10:00:00Z"),
            new StreamPosition("echoes", Map.of(0, 12L, 1, 7L)),
            new StoredCounts(15, 3, 1, 0, 2, 1),
            "TRAINING",
            0.001,
            Map.of("val_loss", 0.5),
            Provenance.ofThisProcess("0.1", "host", 1, "00".repeat(32)),
            "0123456789abcdef".repeat(4),
            Optional.empty(),
            List.of());
    return new Snapshot(definition, weights, new State(), summary);
  }
}
