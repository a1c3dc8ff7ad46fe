package io.millrace.cli.tune;

import io.millrace.cli.stretch.Stretch;
import io.millrace.cli.terminal.LiveDisplay;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What {@code tune} was asked for.
 *
 * @param stretch the records
 * @param threads how many trials train at a time
 * @param output where the best settings go; null for nowhere
 * @param resume whether an interrupted search goes on
 * @param together which models are judged together, and published
 * @param page the port of a page that shows the search; null for none
 * @param tensorboard the folder of TensorBoard's runs; null for none
 * @param json whether the result is JSON
 */
public record TuneOptions(
    Stretch stretch,
    int threads,
    @Nullable Path output,
    boolean resume,
    Together together,
    @Nullable Integer page,
    @Nullable Path tensorboard,
    boolean json) {

  /** Returns where progress is shown: beside the result where that is JSON. */
  LiveDisplay display() {
    return json ? new LiveDisplay(System.err, false) : LiveDisplay.on(System.out);
  }
}
