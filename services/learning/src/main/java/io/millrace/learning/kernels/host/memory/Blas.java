package io.millrace.learning.kernels.host.memory;

import java.util.Arrays;

/**
 * What matrix products on native memory need besides their operands: threads, and scratch areas.
 */
public final class Blas {
  private final Team team;
  private final NativeArray[] results;

  public Blas(Team team) {
    this.team = team;
    this.results = new NativeArray[team.size()];
    Arrays.setAll(results, part -> new NativeArray(0, 1));
  }

  public Team team() {
    return team;
  }

  /** Returns room for a result of {@code length} values of one thread. */
  public NativeArray result(int part, int length) {
    results[part] = results[part].atLeast(length, team.size());
    return results[part];
  }
}
