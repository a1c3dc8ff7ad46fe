package io.millrace.cli.checkpoints;

import static io.millrace.trainer.events.ShareWords.percent;

import io.millrace.checkpoints.manifest.Manifest;
import io.millrace.checkpoints.manifest.Provenance;
import io.millrace.checkpoints.manifest.StoredCheckpoint;
import io.millrace.checkpoints.manifest.StoredCounts;
import io.millrace.checkpoints.manifest.StoredPart;
import io.millrace.checkpoints.manifest.StoredRival;
import io.millrace.checkpoints.manifest.Summary;
import io.millrace.cli.terminal.Figures;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Formats checkpoints for people. */
public final class CheckpointText {
  private static final String ROW = "%7s  %-24s  %10s  %10s  %-9s  %-9s  %s";

  private CheckpointText() {}

  /** Returns a table of the retained checkpoints, oldest first. */
  public static List<String> table(Manifest manifest) {
    List<String> lines = new ArrayList<>();
    lines.add(row("VERSION", "CREATED", "RECORDS", "TRAINED", "PHASE", "RATE", "METRICS"));
    for (StoredCheckpoint stored : manifest.checkpoints()) {
      Summary summary = stored.summary();
      lines.add(
          row(
              stored.version(),
              summary.createdAt(),
              summary.counts().records(),
              summary.counts().trained(),
              summary.phase(),
              number(summary.learningRate()),
              metrics(summary.metrics()) + leader(summary) + roles(manifest, stored)));
    }
    return lines;
  }

  /** Returns the whole summary of a checkpoint. */
  public static List<String> details(Manifest manifest, StoredCheckpoint stored) {
    Summary summary = stored.summary();
    StoredCounts counts = summary.counts();
    Provenance provenance = summary.provenance();
    List<String> lines = new ArrayList<>();
    lines.add("model: " + manifest.model());
    lines.add("version: " + stored.version() + roles(manifest, stored));
    lines.add("created: " + summary.createdAt());
    lines.add("position: " + summary.position());
    lines.add(
        "records: %d trained, %d validated, %d rejected, %d only scored"
            .formatted(counts.trained(), counts.validated(), counts.rejected(), counts.scored()));
    summary
        .mostRejected()
        .ifPresent(
            most ->
                lines.add("rejected mostly: %s (%d)".formatted(most.problem(), most.records())));
    lines.add("steps: %d, evaluations: %d".formatted(counts.steps(), counts.evaluations()));
    lines.add("phase: " + summary.phase());
    lines.add("learning rate: " + number(summary.learningRate()));
    summary.metrics().forEach((name, value) -> lines.add(name + ": " + number(value)));
    summary.rivals().forEach(rival -> lines.add("rival " + rival(rival)));
    lines.add("weights: " + part(stored.weights()));
    lines.add("state: " + part(stored.state()));
    lines.add("parameters sha256: " + summary.parametersSha256());
    lines.add("settings sha256: " + provenance.settingsSha256());
    lines.add(
        "made by: millrace %s, Java %s, %s, %s kernels, threads: %d"
            .formatted(
                provenance.millraceVersion(),
                provenance.javaVersion(),
                provenance.operatingSystem(),
                provenance.backend(),
                provenance.threads()));
    return lines;
  }

  private static String row(Object... cells) {
    return String.format(Locale.ROOT, ROW, cells).stripTrailing();
  }

  private static String roles(Manifest manifest, StoredCheckpoint stored) {
    String latest = stored.version() == manifest.latestVersion() ? "  (latest)" : "";
    String champion = stored.version() == manifest.championVersion() ? "  (served)" : "";
    return latest + champion;
  }

  private static String metrics(Map<String, Double> metrics) {
    return metrics.entrySet().stream()
        .map(metric -> metric.getKey() + "=" + number(metric.getValue()))
        .collect(Collectors.joining(" "));
  }

  private static String leader(Summary summary) {
    return summary.rivals().stream()
        .max(Comparator.comparingDouble(StoredRival::share))
        .map(leader -> "  %s leads (%s)".formatted(leader.name(), percent(leader.share())))
        .orElse("");
  }

  private static String rival(StoredRival rival) {
    return "%s: share %s, loss %s%s"
        .formatted(
            rival.name(),
            percent(rival.share()),
            number(rival.loss()),
            rival.changes().isEmpty() ? "" : ", with " + rival.changes());
  }

  private static String part(@Nullable StoredPart part) {
    return part == null
        ? "none: it can be served, not resumed from"
        : "%d bytes in %d chunks from offset %d"
            .formatted(part.sizeBytes(), part.chunkCount(), part.firstChunkOffset());
  }

  private static String number(double value) {
    return Figures.rounded(value);
  }
}
