package io.millrace.trainer.tensorboard;

import io.millrace.proto.events.v1.Rival;
import io.millrace.proto.events.v1.TrainingEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The runs of rivals, beside those of their combination. Each is opened when its rival is first
 * seen, and closed when the rival has fallen. Owned by one thread.
 */
final class RivalRuns implements AutoCloseable {
  private static final String PREFIX = "rival-";

  private final Path folder;
  private final long openedMillis;
  private final Map<String, RunFile> open = new HashMap<>();

  /**
   * @param folder the model's folder
   * @param nowMillis the time that new files have in their names
   */
  RivalRuns(Path folder, long nowMillis) {
    this.folder = folder;
    this.openedMillis = nowMillis;
  }

  /** Adds what an evaluation tells of each rival, where the files before do not have it. */
  void addMissing(TrainingEvent event) throws IOException {
    closeFallen(event);
    for (Rival rival : event.getEvaluation().getRivalsList()) {
      RunFile run = run(rival);
      if (run.lacks(event.getRecords(), event.getTimeMillis())) {
        add(run, event, rival);
      }
    }
  }

  /** Adds what an evaluation tells of each rival. */
  void add(TrainingEvent event) throws IOException {
    closeFallen(event);
    for (Rival rival : event.getEvaluation().getRivalsList()) {
      add(run(rival), event, rival);
    }
  }

  void flush() throws IOException {
    for (RunFile run : open.values()) {
      run.flush();
    }
  }

  @Override
  public void close() throws IOException {
    for (RunFile run : open.values()) {
      run.close();
    }
  }

  private void closeFallen(TrainingEvent event) throws IOException {
    Set<String> names =
        event.getEvaluation().getRivalsList().stream()
            .map(Rival::getName)
            .collect(Collectors.toSet());
    Iterator<Map.Entry<String, RunFile>> each = open.entrySet().iterator();
    while (each.hasNext()) {
      Map.Entry<String, RunFile> run = each.next();
      if (!names.contains(run.getKey())) {
        run.getValue().flush();
        run.getValue().close();
        each.remove();
      }
    }
  }

  private RunFile run(Rival rival) throws IOException {
    RunFile run = open.get(rival.getName());
    if (run == null) {
      run = RunFile.open(folder.resolve(PREFIX + rival.getName()), openedMillis);
      open.put(rival.getName(), run);
    }
    return run;
  }

  private static void add(RunFile run, TrainingEvent event, Rival rival) throws IOException {
    run.add(event.getRecords(), event.getTimeMillis(), Scalars.rival(rival));
  }
}
