package io.millrace.trainer.control;

import org.jspecify.annotations.Nullable;

/** What training does with records: it follows the new ones, reads some once more, or is paused. */
sealed interface Course {
  /**
   * Returns the records that are read once more, now or after a pause; null where there are none.
   */
  @Nullable Rewind rewind();

  /** Returns the course on which these records are read once more, or none where it is null. */
  Course reading(@Nullable Rewind records);

  /** Returns whether no record is to be consumed. */
  default boolean isPaused() {
    return this instanceof Paused;
  }

  /** Records are dealt with as they come. */
  record Following() implements Course {
    @Override
    public @Nullable Rewind rewind() {
      return null;
    }

    @Override
    public Course reading(@Nullable Rewind records) {
      return records == null ? this : new Rewinding(records);
    }
  }

  /** Records are read once more, before those that are new. */
  record Rewinding(Rewind rewind) implements Course {
    @Override
    public Course reading(@Nullable Rewind records) {
      return records == null ? new Following() : new Rewinding(records);
    }
  }

  /**
   * No record is consumed.
   *
   * @param next what training goes on with
   */
  record Paused(Course next) implements Course {
    @Override
    public @Nullable Rewind rewind() {
      return next.rewind();
    }

    @Override
    public Course reading(@Nullable Rewind records) {
      return new Paused(next.reading(records));
    }
  }
}
