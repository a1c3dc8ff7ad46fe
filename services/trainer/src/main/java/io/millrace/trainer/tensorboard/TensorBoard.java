package io.millrace.trainer.tensorboard;

import io.millrace.learning.Learner;
import io.millrace.learning.LearnerSettings;
import io.millrace.learning.inspection.EmbeddingTable;
import io.millrace.learning.inspection.Inspection;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.proto.events.v1.TrainingEvent;
import io.millrace.proto.tensorboard.v1.Summary;
import io.millrace.runtime.kafka.KafkaSettings;
import io.millrace.runtime.lifecycle.Work;
import io.millrace.trainer.events.EventSettings;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a model's evaluations for TensorBoard, on its own thread.
 *
 * <p>An evaluation is written when its event is published with a checkpoint, so files tell what the
 * events topic tells. What a process could not write any more, or what a full disk did not take, is
 * read from that topic before the next evaluation is written. Event files that could not be written
 * are left as they are: readers pass over their torn ends, and go on in the files after them.
 *
 * <p>{@link #accept} and {@link #evaluated} are called on the training thread and wait for nothing.
 */
public final class TensorBoard implements Work, Consumer<TrainingEvent> {
  private static final Logger LOGGER = LoggerFactory.getLogger(TensorBoard.class);
  private static final int MOST_WAITING = 1000;
  private static final long PATIENCE_MILLIS = 200;

  private final TensorBoardSettings settings;
  private final String model;
  private final ModelDefinition definition;
  private final Summary about;
  private final PublishedEvaluations history;
  private final Runnable unwritten;
  private final InstantSource clock;

  // between the threads
  private final BlockingQueue<Published> waiting = new ArrayBlockingQueue<>(MOST_WAITING);

  // the training thread's
  private final NavigableMap<Long, Look> looks = new TreeMap<>();
  private long lastNumber = -1;
  private boolean hasGap = true;

  // this thread's
  private @Nullable TensorBoardFiles files;
  private boolean isTold;

  /**
   * @param about what is told of the model besides its evaluations
   * @param history the evaluations on the events topic
   * @param unwritten counts each failure to write
   */
  TensorBoard(
      TensorBoardSettings settings,
      String model,
      ModelDefinition definition,
      Summary about,
      PublishedEvaluations history,
      Runnable unwritten) {
    this.settings = settings;
    this.model = model;
    this.definition = definition;
    this.about = about;
    this.history = history;
    this.unwritten = unwritten;
    this.clock = InstantSource.system();
  }

  /**
   * Returns a writer for a model.
   *
   * @param kafka the connection to the brokers
   * @param events the events topic
   * @param unwritten counts each failure to write
   */
  public static TensorBoard of(
      TensorBoardSettings settings,
      String model,
      ModelDefinition definition,
      LearnerSettings learner,
      KafkaSettings kafka,
      EventSettings events,
      Runnable unwritten) {
    double seconds = InstantSource.system().millis() / 1e3;
    return new TensorBoard(
        settings,
        model,
        definition,
        About.of(settings.shown(), definition, learner, seconds),
        new EventHistory(kafka, events.topic(), model),
        unwritten);
  }

  /** Returns whether a look into the model is due at the learner's newest evaluation. */
  public boolean isDue(Learner learner) {
    int every = settings.histogramsEvery();
    return every > 0 && learner.progress().counts().evaluations() % every == 0;
  }

  /** Keeps a look into the model until the evaluation that it belongs to is published. */
  public void evaluated(Learner learner, Inspection inspection) {
    List<EmbeddingTable> tables =
        settings.embeddings() ? EmbeddingTable.of(definition, learner.weights()) : List.of();
    looks.put(learner.consumed(), new Look(inspection, tables));
  }

  /** Takes an event that has become visible. */
  @Override
  public void accept(TrainingEvent event) {
    hasGap |= event.getNumber() != lastNumber + 1;
    lastNumber = event.getNumber();
    if (!event.hasEvaluation()) {
      return;
    }
    Optional<Look> look = Optional.ofNullable(looks.get(event.getRecords()));
    looks.headMap(event.getRecords(), true).clear();
    hasGap = !waiting.offer(new Published(event, look, hasGap));
  }

  @Override
  public void doWork() {
    try {
      Published next = waiting.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      if (next != null) {
        writeWith(next);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void onStop() {
    Published next = waiting.poll();
    if (next != null) {
      writeWith(next);
    }
    if (files != null) {
      end(files);
    }
  }

  @Override
  public void onClose() {
    close();
  }

  /** Writes an evaluation and all that wait behind it. */
  private void writeWith(Published first) {
    Queue<Published> batch = new ArrayDeque<>();
    batch.add(first);
    waiting.drainTo(batch);
    try {
      for (Published next : batch) {
        write(next);
      }
      if (files != null) {
        files.flush();
      }
      if (isTold) {
        LOGGER.info("TensorBoard's files are written again");
        isTold = false;
      }
    } catch (IOException e) {
      close();
      unwritten.run();
      if (!isTold) {
        LOGGER.warn(
            "TensorBoard's files in {} cannot be written ({}); training goes on without them, and what"
                + " is missing is written as soon as that is possible",
            settings.folder(model),
            FileFailure.reason(e));
        isTold = true;
      }
    }
  }

  private void end(TensorBoardFiles open) {
    try {
      open.end(clock.millis());
    } catch (IOException e) {
      unwritten.run();
      LOGGER.debug("TensorBoard's files do not tell that training ended", e);
    }
  }

  private void write(Published next) throws IOException {
    TensorBoardFiles open = files;
    if (open == null || next.hasGap()) {
      close();
      open = TensorBoardFiles.open(settings.folder(model), about, clock.millis());
      files = open;
      history.since(open.completeUntil(), next.event().getNumber(), open::addMissing);
    }
    open.add(next.event(), next.look());
  }

  private void close() {
    TensorBoardFiles open = files;
    files = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        LOGGER.debug("Closed a file of TensorBoard's that could not be written", e);
      }
    }
  }

  /**
   * An evaluation on its way to the files.
   *
   * @param hasGap whether evaluations before it may be missing
   */
  private record Published(TrainingEvent event, Optional<Look> look, boolean hasGap) {}
}
