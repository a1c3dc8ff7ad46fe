package io.millrace.learning.devices;

/** Where training runs. */
public enum Device {
  /** On the GPU where a backend for one is on the class path and works, else on the CPU. */
  AUTO,
  CPU,
  GPU
}
