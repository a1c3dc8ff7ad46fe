package io.millrace.learning.devices;

/** The device that training runs on. */
public enum Device {
  /** The GPU if a working backend is on the class path, else the CPU. */
  AUTO,
  CPU,
  GPU
}
