package io.millrace.trainer.tensorboard;

import io.millrace.proto.events.v1.TrainingEvent;
import io.millrace.proto.tensorboard.v1.SessionStatus;
import io.millrace.proto.tensorboard.v1.Summary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A model's folder for TensorBoard: a file of its settings, one for each of the runs {@code train}
 * and {@code validation}, and one for each rival. Owned by one thread.
 */
final class TensorBoardFiles implements AutoCloseable {
  static final String TRAIN = "train";
  static final String VALIDATION = "validation";

  private final Path folder;
  private final RunFile train;
  private final RunFile validation;
  private final RivalRuns rivals;
  private final Projector projector;

  private TensorBoardFiles(Path folder, RunFile train, RunFile validation, RivalRuns rivals) {
    this.folder = folder;
    this.train = train;
    this.validation = validation;
    this.rivals = rivals;
    this.projector = new Projector(folder);
  }

  /**
   * Opens new files.
   *
   * @param about what is told of the model besides its evaluations
   */
  static TensorBoardFiles open(Path folder, Summary about, long nowMillis) throws IOException {
    tell(folder, about, nowMillis);
    RunFile train = RunFile.open(folder.resolve(TRAIN), nowMillis);
    try {
      RunFile validation = RunFile.open(folder.resolve(VALIDATION), nowMillis);
      return new TensorBoardFiles(folder, train, validation, new RivalRuns(folder, nowMillis));
    } catch (IOException e) {
      train.close();
      throw e;
    }
  }

  /** Adds the scores of an evaluation, where the files before these do not have them. */
  void addMissing(TrainingEvent event) throws IOException {
    rivals.addMissing(event);
    if (train.lacks(event.getRecords(), event.getTimeMillis())) {
      add(train, event, Scalars.train(event.getEvaluation()));
    }
    if (validation.lacks(event.getRecords(), event.getTimeMillis())) {
      add(validation, event, Scalars.validation(event.getEvaluation()));
    }
  }

  /** Adds an evaluation, with the look into the model that was taken at it. */
  void add(TrainingEvent event, Optional<Look> look) throws IOException {
    rivals.add(event);
    add(train, event, Scalars.train(event.getEvaluation()));
    add(validation, event, Scalars.validation(event.getEvaluation()));
    if (look.isPresent()) {
      add(train, event, look.get().train());
      add(validation, event, look.get().validation());
      projector.write(look.get().embeddings());
    }
  }

  /** Writes all that was added. After a failure these files must not be written any more. */
  void flush() throws IOException {
    rivals.flush(); // before the runs that say what is complete
    train.flush();
    validation.flush();
  }

  /** Tells that training ended in order. */
  void end(long nowMillis) throws IOException {
    Summary.Builder end = Summary.newBuilder();
    end.addValue(Hyperparameters.end(SessionStatus.STATUS_SUCCESS, nowMillis / 1e3));
    tell(folder, end.build(), nowMillis);
  }

  /** Returns the time in milliseconds up to which no evaluation is missing in the files before. */
  long completeUntil() {
    return Math.min(train.lastMillis(), validation.lastMillis());
  }

  @Override
  public void close() throws IOException {
    try (train;
        validation;
        rivals) {
      flush();
    }
  }

  private static void tell(Path folder, Summary summary, long nowMillis) throws IOException {
    try (RunFile model = RunFile.open(folder, nowMillis)) {
      model.add(0, nowMillis, summary);
      model.flush();
    }
  }

  private static void add(RunFile run, TrainingEvent event, Summary summary) throws IOException {
    run.add(event.getRecords(), event.getTimeMillis(), summary);
  }
}
