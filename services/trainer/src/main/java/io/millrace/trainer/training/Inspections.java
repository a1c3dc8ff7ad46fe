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
 * Looks into the model at evaluations, while somebody wants to see it: whoever has called {@link
 * #want} lately, at most once in {@value #LEAST_SECONDS} s, and TensorBoard whenever its settings
 * say so. A look costs the training thread about as much as an evaluation, so nobody pays for what
 * nobody sees.
 */
public final class Inspections {
  private static final int LEAST_SECONDS = 2;
  private static final long LEAST = Duration.ofSeconds(LEAST_SECONDS).toNanos();
  private static final long INTEREST = Duration.ofSeconds(10).toNanos();

  private final Optional<TensorBoard> tensorBoard;
  private final LongSupplier nanoTime;
  private volatile @Nullable Inspection newest;
  private volatile long wantedUntil;
  private long takenAt;

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

  /** Takes the learner's events, on the training thread. */
  public void heard(LearningEvent event, Learner learner) {
    if (!(event instanceof Evaluated)) {
      return;
    }
    boolean isDue = tensorBoard.filter(board -> board.isDue(learner)).isPresent();
    if (isDue || isWanted()) {
      Inspection inspection = learner.inspect();
      takenAt = nanoTime.getAsLong();
      newest = inspection;
      if (isDue) {
        tensorBoard.ifPresent(board -> board.evaluated(learner, inspection));
      }
    }
  }

  private boolean isWanted() {
    long now = nanoTime.getAsLong();
    return wantedUntil - now > 0 && now - takenAt >= LEAST;
  }
}
