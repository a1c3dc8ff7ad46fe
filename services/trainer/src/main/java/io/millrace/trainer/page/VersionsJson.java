package io.millrace.trainer.page;

import io.millrace.checkpoints.manifest.Manifest;
import io.millrace.checkpoints.manifest.StoredCheckpoint;
import io.millrace.page.json.JsonText;
import java.util.Comparator;
import java.util.List;

/** The retained versions of a model, newest first. */
final class VersionsJson {
  private VersionsJson() {}

  /** Writes the elements of an array. */
  static void write(JsonText json, Manifest manifest) {
    List<StoredCheckpoint> newestFirst =
        manifest.checkpoints().stream()
            .sorted(Comparator.comparingLong(StoredCheckpoint::version).reversed())
            .toList();
    for (StoredCheckpoint stored : newestFirst) {
      boolean isNewest = stored.version() == newestFirst.get(0).version();
      json.add(
          fields ->
              fields
                  .put("version", stored.version())
                  .put("time", stored.summary().createdAt())
                  .put("records", stored.summary().counts().records())
                  .put("champion", stored.version() == manifest.championVersion())
                  .put("newest", isNewest)
                  .put("scores", stored.summary().metrics()));
    }
  }
}
