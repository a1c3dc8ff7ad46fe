package io.millrace.cli.produce;

import io.millrace.cli.failures.CommandFailedException;
import io.millrace.cli.invocation.Configuration;
import io.millrace.cli.terminal.LiveDisplay;
import io.millrace.learning.LearnerSettings;
import io.millrace.learning.evaluation.ValidationSettings;
import io.millrace.settings.InvalidSettingsException;
import io.millrace.settings.Problem;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Says when passes over a file have to end: once the trainer has stopped early. Asked before each
 * record, it waits while the trainer has told nothing of many records. Confined to one thread.
 */
public final class UntilConverged implements BooleanSupplier, AutoCloseable {
  private static final Duration CATCH_UP = Duration.ofSeconds(1);
  private static final Duration WAIT = Duration.ofMillis(200);
  private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long LEAST_AHEAD = 100_000;
  private static final int EVALUATIONS_AHEAD = 4;

  private final Configuration configuration;
  private final LiveDisplay display;
  private final BooleanSupplier stopRequested;
  private final Convergence convergence;
  private final long mostAhead;
  private long sent;
  private long sentAtEvent;
  private long lookedAt;
  private long heardAt = System.nanoTime();
  private boolean told;

  /**
   * Looks at the events so far.
   *
   * @throws InvalidSettingsException if training never stops early by these settings
   * @throws CommandFailedException if it has stopped already
   */
  public UntilConverged(
      Configuration configuration, LiveDisplay display, BooleanSupplier stopRequested) {
    this.configuration = configuration;
    this.display = display;
    this.stopRequested = stopRequested;
    this.mostAhead = mostAhead(configuration.trainer().learner());
    this.convergence = new Convergence(configuration);
    convergence.catchUp(CATCH_UP);
    if (convergence.hasEnded()) {
      convergence.close();
      throw new CommandFailedException(
          "training of %s has ended before; `millrace retrain` begins a new round"
              .formatted(configuration.model()));
    }
  }

  /**
   * Checks that training can stop early.
   *
   * @throws InvalidSettingsException if it cannot
   */
  public static void check(LearnerSettings learner) {
    if (learner.earlyStopping().isEmpty()) {
      throw problem(
          "callbacks.early_stopping",
          "is needed by --until-converged, since nothing else ends training; allowed: such as"
              + " {patience: 20}");
    }
    if (learner.validation().holdout() == 0) {
      throw problem(
          "validation.holdout",
          "is 0, so that nothing is evaluated and training never stops early; allowed: such as 0.1");
    }
  }

  /** Returns whether no further record is to be sent. */
  @Override
  public boolean getAsBoolean() {
    if (System.nanoTime() - lookedAt >= LOOK_EVERY_NANOS) {
      look(Duration.ofMillis(1));
    }
    while (sent - sentAtEvent > mostAhead && goesOn()) {
      look(WAIT);
    }
    sent++;
    return !goesOn();
  }

  /**
   * Waits until the trainer has told of the records that were sent last.
   *
   * @return whether it has stopped early
   * @throws CommandFailedException if training has failed
   */
  public boolean hasConverged() {
    heardAt = System.nanoTime();
    while (goesOn() && !isSilent()) {
      look(WAIT);
    }
    if (convergence.state() == Convergence.State.FAILED) {
      throw new CommandFailedException(
          "training of %s has failed: its loss was not finite too often; lower the learning rate"
              .formatted(configuration.model()));
    }
    return convergence.state() == Convergence.State.CONVERGED;
  }

  /** Returns the first version with the weights of the early stop. */
  public long version() {
    return convergence.version();
  }

  @Override
  public void close() {
    convergence.close();
  }

  private boolean goesOn() {
    return !convergence.hasEnded() && !stopRequested.getAsBoolean();
  }

  private void look(Duration patience) {
    long before = convergence.events();
    convergence.poll(patience);
    lookedAt = System.nanoTime();
    if (convergence.events() > before) {
      heardAt = lookedAt;
      sentAtEvent = sent;
      told = false;
    } else if (!told && isSilent() && isAwaited()) {
      told = true;
      tellSilence();
    }
  }

  private boolean isSilent() {
    return System.nanoTime() - heardAt > SILENCE_NANOS;
  }

  /** A trainer may have nothing to tell while few records come. */
  private boolean isAwaited() {
    return convergence.state() == Convergence.State.UNKNOWN || sent - sentAtEvent > mostAhead;
  }

  private void tellSilence() {
    display.print(
        List.of(
            "the trainer of %s has told nothing for %d s: start it by `millrace run`; where it runs,"
                    .formatted(configuration.model(), TimeUnit.NANOSECONDS.toSeconds(SILENCE_NANOS))
                + " `millrace check` says whether it can use the rows"));
  }

  /** Returns how many records may be sent before the trainer must have told something. */
  private static long mostAhead(LearnerSettings learner) {
    ValidationSettings validation = learner.validation();
    double filled = validation.minimumWindow() / validation.holdout();
    return Math.max(
        LEAST_AHEAD, (long) (EVALUATIONS_AHEAD * (filled + validation.evaluateEvery())));
  }

  private static InvalidSettingsException problem(String option, String text) {
    return new InvalidSettingsException(List.of(new Problem(option, text)));
  }
}
