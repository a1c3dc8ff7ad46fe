package io.millrace.cli.checkpoints;

import io.millrace.checkpoints.manifest.Lineage;
import io.millrace.checkpoints.manifest.Manifest;
import io.millrace.checkpoints.manifest.Provenance;
import io.millrace.checkpoints.manifest.StoredCheckpoint;
import io.millrace.checkpoints.manifest.StoredCounts;
import io.millrace.checkpoints.manifest.StoredPart;
import io.millrace.checkpoints.manifest.StoredRival;
import io.millrace.checkpoints.manifest.StreamPosition;
import io.millrace.checkpoints.manifest.Summary;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Manifests for tests. */
public final class ManifestOf {
  public static final Instant MADE = Instant.parse("2026-11-30T12:00:00Z");

  private static final String SHA_256 = "00ff".repeat(16);

  private ManifestOf() {}

  /** Returns the manifest of a model with one version, which is served. */
  public static Manifest version(Map<String, Double> metrics, StoredRival... rivals) {
    StoredPart part = new StoredPart(0, 1, 10, SHA_256, 5);
    Summary summary =
        new Summary(
            MADE,
            new StreamPosition("letters", Map.of(0, 1000L)),
            new StoredCounts(900, 100, 0, 0, 90, 3),
            "TRAINING",
            0.002,
            metrics,
            new Provenance("1", "17", "Linux", "host", 2, SHA_256, ""),
            SHA_256,
            Optional.empty(),
            List.of(rivals));
    return new Manifest(
        "letters",
        List.of(new StoredCheckpoint(3, part, part, summary)),
        3,
        3,
        0,
        new Lineage("a", 1, ""));
  }
}
