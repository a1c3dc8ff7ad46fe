package io.millrace.cli.tryout;

import io.millrace.cli.invocation.Configuration;
import io.millrace.cli.predict.FileRow;
import io.millrace.cli.produce.RowEncoder;
import io.millrace.cli.tables.Table;
import io.millrace.learning.evaluation.ValidationSettings;
import io.millrace.learning.model.ExampleBatch;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.learning.model.OutputSettings;
import io.millrace.trainer.decoding.shared.RecordDecoder;
import io.millrace.trainer.decoding.shared.Rejected;
import io.millrace.trainer.intake.Holdout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The rows of a file, as a trainer with the same settings takes them. Confined to one thread. */
final class Rows {
  private static final long MOST_KEPT_BYTES = 32 << 20;

  private final Rejections rejections;
  private final List<Example> kept = new ArrayList<>();
  private final BitSet heldOut = new BitSet();
  private @Nullable FileRow probe;
  private long keptBytes;
  private long all;

  private Rows(String label) {
    this.rejections = new Rejections(label);
  }

  /** Reads a file. */
  static Rows read(Path file, Configuration configuration) {
    ModelDefinition model = configuration.definition();
    OutputSettings output = model.outputs().get(0);
    Rows rows = new Rows(output.field());
    RecordDecoder decoder = configuration.records().decoder(model);
    ExampleBatch batch = new ExampleBatch(1, model.inputWidths(), model.targetWidths());
    ValidationSettings validation = configuration.trainer().learner().validation();
    try (Table table = Table.open(file, configuration.file())) {
      RowEncoder encoder = RowEncoder.json(model, table.columns());
      while (table.hasNext()) {
        FileRow row = FileRow.next(table);
        rows.all++;
        if (!row.row().isUsable()) {
          rows.rejections.addMisshapen(row.row().problems(), row.line());
          continue;
        }
        byte[] value = encoder.encode(row.row().cells()).value();
        Rejected rejected = decoder.decode(value, batch);
        if (rejected == null) {
          rows.add(row, new Example(key(rows.all), value, row.label(output)), validation);
        } else {
          rows.rejections.add(rejected, row.line());
        }
      }
    }
    return rows;
  }

  /** Returns how many rows the file has. */
  long all() {
    return all;
  }

  /** Returns how many rows are sent in each pass. */
  long sent() {
    return areKept() ? usable() : all - rejections.misshapen();
  }

  long usable() {
    return all - rejections.rows();
  }

  /** Returns how many usable rows are held out by their key. */
  long heldOut() {
    return heldOut.cardinality();
  }

  /** Returns whether the row with this number, from 1, can be used and is held out. */
  boolean isHeldOut(long row) {
    return heldOut.get(Math.toIntExact(row));
  }

  Rejections rejections() {
    return rejections;
  }

  /** Returns whether all usable rows are kept. A file may be larger than the memory. */
  boolean areKept() {
    return kept.size() == usable();
  }

  /** Returns the usable rows, or the first of them if there are more than are kept. */
  List<Example> kept() {
    return kept;
  }

  /** Returns the first usable row, to ask a predictor by. */
  FileRow probe() {
    return Objects.requireNonNull(probe, "no usable row");
  }

  /** Returns the key of a row. It is the key that {@code produce} gives it. */
  static String key(long row) {
    return String.valueOf(row);
  }

  private void add(FileRow row, Example example, ValidationSettings validation) {
    probe = probe == null ? row : probe;
    if (validation.holdsOut(Holdout.hashOf(example.key()))) {
      heldOut.set(Math.toIntExact(all));
    }
    keptBytes += example.value().length;
    if (keptBytes <= MOST_KEPT_BYTES) {
      kept.add(example);
    }
  }
}
