package io.millrace.cli.sample;

import io.millrace.learning.features.FieldSummary;
import io.millrace.learning.model.ExampleBatch;
import io.millrace.learning.model.InputSettings;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.trainer.decoding.shared.RecordDecoder;
import io.millrace.trainer.decoding.shared.Rejected;
import io.millrace.trainer.intake.LabelSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The result of decoding and features for records, field by field. Confined to one thread. */
public final class FieldReport {
  private static final String ROW = "%-24s  %-9s  %11s  %11s  %11s  %8s  %8s  %8s";

  private final RecordDecoder decoder;
  private final ExampleBatch rows;
  private final List<List<FieldSummary>> inputs = new ArrayList<>();
  private final List<LabelSummary> labels;
  private final Map<String, Long> rejections = new TreeMap<>();
  private final Map<String, Long> rejectedFields = new TreeMap<>();
  private long records;
  private long usable;

  public FieldReport(RecordDecoder decoder, ModelDefinition model) {
    this.decoder = decoder;
    this.rows = new ExampleBatch(1, model.inputWidths(), model.targetWidths());
    for (InputSettings input : model.inputs()) {
      inputs.add(FieldSummary.of(input.features()));
    }
    labels = LabelSummary.of(model);
  }

  /** Decodes one record's value and adds it. */
  public void add(byte @Nullable [] value) {
    records++;
    Rejected rejected = decoder.decode(value, rows);
    if (rejected == null) {
      usable++;
      for (int i = 0; i < inputs.size(); i++) {
        float[] cells = rows.input(i);
        inputs.get(i).forEach(summary -> summary.add(cells));
      }
      labels.forEach(label -> label.add(rows));
    } else {
      rejections.merge(rejected.message(), 1L, Long::sum);
      if (rejected.field() != null) {
        rejectedFields.merge(rejected.field(), 1L, Long::sum);
      }
    }
  }

  /** Returns how many records are valid. */
  public long usable() {
    return usable;
  }

  public long records() {
    return records;
  }

  /** Returns the table, and the reasons for rejections. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        ROW.formatted("FIELD", "KIND", "MIN", "MEAN", "MAX", "MISSING", "UNKNOWN", "REJECTED"));
    for (List<FieldSummary> summaries : inputs) {
      summaries.forEach(summary -> lines.add(row(summary)));
    }
    inputs.stream()
        .flatMap(List::stream)
        .filter(FieldSummary::isIndistinct)
        .map(summary -> "  %s: its values cannot be told apart".formatted(summary.field()))
        .forEach(lines::add);
    labels.stream()
        .filter(LabelSummary::isIndistinct)
        .map(label -> "  " + label.problem())
        .forEach(lines::add);
    lines.add("records: %d, usable: %d, rejected: %d".formatted(records, usable, records - usable));
    rejections.forEach((message, count) -> lines.add("  " + count + " x " + message));
    return lines;
  }

  private String row(FieldSummary summary) {
    String digits = isTold(summary) ? "%.5g" : "%.10g";
    return ROW.formatted(
            summary.field(),
            summary.kind(),
            number(summary.least(), digits),
            number(summary.mean(), digits),
            number(summary.most(), digits),
            summary.missing(),
            summary.unknown(),
            rejectedFields.getOrDefault(summary.field(), 0L))
        .stripTrailing();
  }

  /** Returns whether a few digits distinguish the smallest number from the largest. */
  private static boolean isTold(FieldSummary summary) {
    return summary.least() == summary.most()
        || !number(summary.least(), "%.5g").equals(number(summary.most(), "%.5g"));
  }

  private static String number(double value, String digits) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, digits, value) : "-";
  }
}
