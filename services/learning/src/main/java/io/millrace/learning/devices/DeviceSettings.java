package io.millrace.learning.devices;

import io.millrace.learning.kernels.host.HostKernels;
import io.millrace.settings.Section;

/**
 * The device settings of training.
 *
 * @param threads of the CPU that share a step
 */
public record DeviceSettings(Device device, int threads) {

  /** Reads {@code device} and {@code threads} of the section {@code training}. */
  public static DeviceSettings read(Section training) {
    return new DeviceSettings(
        training.choice("device", Device.class, "device that training runs on").orElse(Device.AUTO),
        training
            .integer(
                "threads",
                "CPU threads of a training step, or of rivals; another number rounds a step"
                    + " differently")
            .atLeast(1)
            .orElse(1));
  }

  /**
   * Returns kernels for the calling thread.
   *
   * @throws UnusableDeviceException if {@code GPU} is set and does not work
   */
  public Engine open() {
    return switch (device) {
      case CPU -> host("cpu");
      case GPU -> CudaBackend.open();
      case AUTO -> CudaBackend.isPresent() ? gpuOrHost() : host("cpu");
    };
  }

  private Engine gpuOrHost() {
    try {
      return CudaBackend.open();
    } catch (UnusableDeviceException unusable) {
      return host("cpu (not on the GPU: " + unusable.getMessage() + ")");
    }
  }

  private Engine host(String processor) {
    return new Engine(new HostKernels(threads), "host", processor, threads);
  }
}
