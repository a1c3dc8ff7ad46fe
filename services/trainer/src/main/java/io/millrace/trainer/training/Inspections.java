package io.millrace.trainer.training;

import io.millrace.learning.Learner;
import io.millrace.learning.LearningEvent;
import io.millrace.learning.LearningEvent.Evaluated;
import io.millrace.learning.inspection.Inspection;
import io.millrace.trainer.tensorboard.TensorBoard;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks into the model at evaluations, and once where records stop coming, while somebody wants to
 * see it: whoever has called {@link #want} lately, at most once in {@value #LEAST_SECONDS} s, and
 * TensorBoard whenever its settings say so. A look costs the training thread about as much as an
 * evaluation, so nobody pays for what nobody sees.
 */
public final class Inspections {
  private static final int LEAST_SECONDS = 2;
  private static final long LEAST = Duration.ofSeconds(LEAST_SECONDS).toNanos();
  private static final long INTEREST = Duration.ofSeconds(10).toNanos();

  private final Optional<TensorBoard> tensorBoard;
  private final LongSupplier nanoTime;
  private volatile @Nullable Inspection newest;
  private volatile long wantedUntil;
  private @Nullable Learner learner;
  private long takenAt;

  /** How many records the learner had consumed at the newest look, and at the end of a turn. */
  private long seen;

  private long consumed;

  /**
   * @param nanoTime the time in nanoseconds, from any origin
   */
  public Inspections(Optional<TensorBoard> tensorBoard, LongSupplier nanoTime) {
    this.tensorBoard = tensorBoard;
    this.nanoTime = nanoTime;
    wantedUntil = nanoTime.getAsLong();
    takenAt = wantedUntil - LEAST;
  }

  /** Asks for looks at the evaluations of the next 10 s. Safe for any thread. */
  public void want() {
    wantedUntil = nanoTime.getAsLong() + INTEREST;
  }

  /** Returns the newest look, which may be old. Safe for any thread. */
  public Optional<Inspection> newest() {
    return Optional.ofNullable(newest);
  }

  /** Looks into another learner from now on. On the training thread. */
  public void begin(Learner begun) {
    learner = begun;
    seen = 0;
    consumed = 0;
  }

  /** Takes the learner's events, on the training thread. */
  public void heard(LearningEvent event) {
    if (!(event instanceof Evaluated) || learner == null) {
      return;
    }
    Learner evaluated = learner;
    boolean isDue = tensorBoard.filter(board -> board.isDue(evaluated)).isPresent();
    if (isDue || isWanted()) {
      Inspection inspection = look(evaluated);
      if (isDue) {
        tensorBoard.ifPresent(board -> board.evaluated(evaluated, inspection));
      }
    }
  }

  /** Ends a turn of the training thread: who looks while no records come sees the newest model. */
  public void turned() {
    if (learner == null) {
      return;
    }
    long before = consumed;
    consumed = learner.consumed();
    if (consumed == before
        && consumed != seen
        && isWanted()
        && learner.progress().windowSize() > 0) {
      look(learner);
    }
  }

  private Inspection look(Learner model) {
    Inspection inspection = model.inspect();
    takenAt = nanoTime.getAsLong();
    seen = model.consumed();
    newest = inspection;
    return inspection;
  }

  private boolean isWanted() {
    long now = nanoTime.getAsLong();
    return wantedUntil - now > 0 && now - takenAt >= LEAST;
  }
}
