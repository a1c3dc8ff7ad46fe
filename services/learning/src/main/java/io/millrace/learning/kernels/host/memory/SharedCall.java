package io.millrace.learning.kernels.host.memory;

/** A call whose work the threads of a team share. */
public abstract class SharedCall extends HostCall implements Team.Work {
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

  /** Does what all parts need. */
  protected void prepare(int rows) {}

  /** Returns how many units there are to be shared. */
  protected abstract int count(int rows);

  /** Returns how much work they are, as {@link Team#share} counts it. */
  protected abstract long operations(int rows);

  /** Computes the units from {@code first} to before {@code end}. */
  protected abstract void compute(int rows, int part, int first, int end);

  /** Brings together what the parts have left. */
  protected void finish(int rows) {}
}
