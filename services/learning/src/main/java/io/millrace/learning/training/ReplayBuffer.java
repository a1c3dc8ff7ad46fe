package io.millrace.learning.training;

import io.millrace.learning.model.ExampleBatch;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.learning.random.RandomStream;
import io.millrace.learning.state.State;

/**
 * Keeps trained records, before preprocessing, for later mini-batches. Which records are kept and
 * drawn depends only on the seed and the number of records so far, so a resumed run draws the same
 * ones. Owned by one thread.
 */
final class ReplayBuffer {
  private static final long STREAM = -1;

  private final ReplaySettings settings;
  private final RandomStream kept;
  private final RandomStream drawn;
  private final ExampleBatch rows;
  private long seen;
  private long draws;

  ReplayBuffer(ModelDefinition definition, ReplaySettings settings, long seed) {
    this.settings = settings;
    rows = new ExampleBatch(settings.size(), definition.inputWidths(), definition.labelWidths());
    kept = RandomStream.of(seed, STREAM).split(0);
    drawn = RandomStream.of(seed, STREAM).split(1);
  }

  /** Appends replayed records to the new ones of a mini-batch, then keeps the new ones. */
  void mixInto(ExampleBatch batch) {
    int fresh = batch.size();
    if (rows.size() > 0) {
      for (int i = 0; i < fresh * settings.ratio(); i++) {
        batch.copyRow(rows, drawn.integer(draws++, rows.size()), batch.size());
        batch.advance();
      }
    }
    for (int row = 0; row < fresh; row++) {
      keep(batch, row);
    }
  }

  void save(State state) {
    state.put("seen", seen);
    state.put("draws", draws);
    rows.save(state);
  }

  /** Restores the kept records, as many as fit. */
  void restore(State state) {
    ExampleBatch saved = ExampleBatch.restored(state, rows.inputWidths(), rows.targetWidths());
    draws = state.integer("draws");
    rows.clear();
    for (int row = 0; row < Math.min(saved.size(), rows.capacity()); row++) {
      rows.copyRow(saved, row, row);
      rows.advance();
    }
    seen = rows.isFull() ? state.integer("seen") : rows.size();
  }

  private void keep(ExampleBatch batch, int row) {
    long slot = slot();
    seen++;
    if (slot < rows.capacity()) {
      rows.copyRow(batch, row, (int) slot);
      if (slot == rows.size()) {
        rows.advance();
      }
    }
  }

  private long slot() {
    if (seen < rows.capacity()) {
      return seen;
    }
    return switch (settings.buffer()) {
      case SLIDING -> seen % rows.capacity();
      case RESERVOIR -> (long) (kept.uniform(seen) * (seen + 1));
    };
  }
}
