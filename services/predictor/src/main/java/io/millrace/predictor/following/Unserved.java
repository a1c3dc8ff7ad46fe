package io.millrace.predictor.following;

import io.millrace.checkpoints.manifest.Manifest;
import io.millrace.checkpoints.manifest.StoredCheckpoint;
import io.millrace.checkpoints.manifest.StoredRejection;
import io.millrace.checkpoints.manifest.Summary;
import java.util.List;
import java.util.Locale;

/** Why nothing of a manifest is served, in words for callers. */
final class Unserved {
  private static final String AWAITED = "champion.min_trained records and an evaluation come first";

  private Unserved() {}

  /** Returns the reason as a phrase that follows "has". */
  static String absence(Manifest manifest) {
    List<StoredCheckpoint> checkpoints = manifest.checkpoints();
    return checkpoints.isEmpty()
        ? ServedVersions.NONE.absence()
        : absence(checkpoints.get(checkpoints.size() - 1).summary());
  }

  private static String absence(Summary newest) {
    long records = newest.counts().records();
    long rejected = newest.counts().rejected();
    String rejections = newest.mostRejected().map(most -> rejections(rejected, most)).orElse("");
    String reason =
        rejections.isEmpty()
            ? AWAITED
            : 2 * rejected > records ? rejections : AWAITED + "; " + rejections;
    return String.format(
        Locale.ROOT,
        "learned from %d of %d records, nothing is served yet: %s",
        newest.counts().trained(),
        records,
        reason);
  }

  private static String rejections(long rejected, StoredRejection most) {
    return String.format(Locale.ROOT, "%d rejected, mostly \"%s\"", rejected, most.problem());
  }
}
