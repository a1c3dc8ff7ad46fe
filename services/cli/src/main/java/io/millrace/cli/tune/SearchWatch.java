package io.millrace.cli.tune;

import io.millrace.tuning.trials.Journal;
import io.millrace.tuning.trials.Search;
import io.millrace.tuning.trials.Search.Running;
import io.millrace.tuning.trials.TrialResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells all who watch a search what happens in it.
 *
 * @param display the terminal
 * @param journal where trials are kept; null for nowhere
 * @param known the trials that the journal had before
 * @param page shows trials in a browser; null for none
 * @param runs writes trials for TensorBoard; null for none
 */
record SearchWatch(
    SearchDisplay display,
    @Nullable Journal journal,
    List<TrialResult> known,
    @Nullable SearchPage page,
    @Nullable TrialRuns runs)
    implements Search.Listener {
  SearchWatch {
    known = List.copyOf(known);
  }

  @Override
  public void ended(TrialResult result) {
    if (known.contains(result)) {
      display.known(result);
    } else {
      display.ended(result);
    }
    if (page != null) {
      page.ended(result);
    }
    try {
      write(result);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void running(List<Running> trials) {
    display.running(trials);
  }

  private void write(TrialResult result) throws IOException {
    if (journal != null && !known.contains(result)) {
      journal.add(result);
    }
    if (runs != null) {
      runs.write(result);
    }
  }
}
