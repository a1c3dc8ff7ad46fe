package io.millrace.learning.kernels.host.memory;

import io.millrace.learning.threads.HelperThread;

/** A call whose work the threads of a team share. */
public abstract class SharedCall extends HostCall implements HelperThread.Work {
  private final Team team;
  private int rows;

  public SharedCall(Team team, HostBuffer... written) {
    super(written);
    this.team = team;
  }

  @Override
  public final void compute(int newRows) {
    rows = newRows;
    prepare(newRows);
    team.share(this, count(newRows), operations(newRows));
    finish(newRows);
  }

  @Override
  public final void compute(int part, int first, int end) {
    compute(rows, part, first, end);
  }

  protected final Team team() {
    return team;
  }

  /** Prepares what all parts need, on the calling thread. */
  protected void prepare(int rows) {}

  /** Returns how many units the threads share. */
  protected abstract int count(int rows);

  /** Returns the amount of work, in the units of {@link Team#share}. */
  protected abstract long operations(int rows);

  /** Computes the units [first, end) as thread {@code part}. */
  protected abstract void compute(int rows, int part, int first, int end);

  /** Combines the results of the parts, on the calling thread. */
  protected void finish(int rows) {}
}
