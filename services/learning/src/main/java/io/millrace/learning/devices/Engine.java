package io.millrace.learning.devices;

import io.millrace.learning.kernels.Kernels;
import io.millrace.learning.kernels.host.HostKernels;

/**
 * Kernels and the device that they run on.
 *
 * @param backend the implementation: {@code host} or {@code nd4j-cuda}
 * @param device the processor and, if it was not the first choice, the reason
 * @param threads of the CPU that share a step, or that rivals share
 */
public record Engine(Kernels kernels, String backend, String device, int threads) {

  /** Returns one line for the start of a log. */
  public String describe() {
    return "backend=" + backend + ", device=" + device + ", threads=" + threads;
  }

  /** Returns other kernels of the same device, which run on the calling thread alone. */
  public Kernels ofOneThread() {
    return kernels instanceof HostKernels ? new HostKernels() : kernels;
  }
}
