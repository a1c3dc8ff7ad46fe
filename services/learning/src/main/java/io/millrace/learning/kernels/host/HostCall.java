package io.millrace.learning.kernels.host;

import io.millrace.learning.kernels.Call;

/** A call that notes its writes, so that copies of what it wrote are renewed. */
abstract class HostCall implements Call {
  private final HostBuffer[] written;

  HostCall(HostBuffer... written) {
    this.written = written;
  }

  @Override
  public final void run(int rows) {
    compute(rows);
    for (HostBuffer buffer : written) {
      buffer.written();
    }
  }

  abstract void compute(int rows);
}
