package io.millrace.cli.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.checkpoints.manifest.Manifest;
import io.millrace.checkpoints.manifest.StoredRival;
import io.millrace.cli.checkpoints.ManifestOf;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StatusTextTest {
  private static final Map<String, Double> EVALUATION = Map.of("val_loss", 0.5);

  @Test
  void lines_rivals_areThereWithTheirShares() {
    Manifest manifest =
        ManifestOf.version(
            EVALUATION,
            new StoredRival("default", 0.25, Double.NaN, ""),
            new StoredRival("fast", 0.75, 0.375, "batch_size 1"));

    assertThat(StatusText.lines(status(manifest, true)))
        .contains("  rivals       fast 75.0 %, default 25.0 %");
    JsonObject newest =
        new JsonObject(StatusJson.of(status(manifest, true)))
            .getJsonObject("checkpoints")
            .getJsonArray("retained")
            .getJsonObject(0);
    assertThat(newest.getJsonArray("rivals").getJsonObject(0).getMap())
        .containsEntry("name", "default")
        .containsEntry("share", 0.25)
        .containsEntry("loss", null)
        .containsEntry("changes", "");
  }

  @Test
  void lines_noEvaluation_saysWhetherThereWillBeOne() {
    Manifest manifest = ManifestOf.version(Map.of());

    assertThat(StatusText.lines(status(manifest, true)))
        .contains("  evaluation   none yet")
        .noneMatch(line -> line.contains("rivals"));
    assertThat(StatusText.lines(status(manifest, false)))
        .contains("  evaluation   none: validation.holdout is 0");
  }

  private static Status status(Manifest manifest, boolean holdsOut) {
    return new Status(
        "letters",
        ManifestOf.MADE,
        "letters",
        holdsOut,
        Asked.of("broker:9092 answer"),
        Asked.none("none listens"),
        Asked.none("none listens"),
        Asked.of(new Checkpoints(manifest, 7)),
        Asked.none("none"),
        Asked.of(List.of()));
  }
}
