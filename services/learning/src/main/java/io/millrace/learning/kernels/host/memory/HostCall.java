package io.millrace.learning.kernels.host.memory;

import io.millrace.learning.kernels.Call;

/** An operation that notes its writes, so that copies of what it wrote are renewed. */
public abstract class HostCall implements Call {
  private final HostBuffer[] written;

  public HostCall(HostBuffer... written) {
    this.written = written;
  }

  @Override
  public final void run(int rows) {
    compute(rows);
    for (HostBuffer buffer : written) {
      buffer.written();
    }
  }

  protected abstract void compute(int rows);
}
