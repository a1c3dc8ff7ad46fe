package io.millrace.learning.kernels.host.memory;

import java.util.Arrays;

/** The threads and scratch areas that matrix products on native memory need. */
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

  /** Returns one thread's scratch area for a result of {@code length} values. */
  public NativeArray result(int part, int length) {
    results[part] = results[part].atLeast(length, team.size());
    return results[part];
  }
}
