package io.millrace.cli.checkpoints;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.checkpoints.manifest.Manifest;
import io.millrace.checkpoints.manifest.StoredRival;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CheckpointTextTest {
  @Test
  void text_rivals_namesTheLeaderAndShowsEach() {
    Manifest manifest =
        ManifestOf.version(
            Map.of("val_loss", 0.5),
            new StoredRival("default", 0.25, Double.NaN, ""),
            new StoredRival("fast", 0.75, 0.375, "batch_size 1"));

    assertThat(CheckpointText.table(manifest).get(1))
        .endsWith("val_loss=0.5000  fast leads (75.0 %)  (latest)  (served)");
    assertThat(CheckpointText.details(manifest, manifest.checkpoints().get(0)))
        .contains(
            "rival default: share 25.0 %, loss undefined",
            "rival fast: share 75.0 %, loss 0.3750, with batch_size 1");
  }

  @Test
  void text_oneLearner_saysNothingOfRivals() {
    Manifest manifest = ManifestOf.version(Map.of());

    assertThat(CheckpointText.table(manifest).get(1)).doesNotContain("leads");
    assertThat(CheckpointText.details(manifest, manifest.checkpoints().get(0)))
        .noneMatch(line -> line.contains("rival"));
  }
}
