package io.millrace.learning.devices;

import io.millrace.learning.kernels.host.HostKernels;
import io.millrace.settings.Section;
import java.util.Optional;

/**
 * What training is to run on.
 *
 * @param threads of matrix products on the CPU; absent: as {@code OPENBLAS_NUM_THREADS} says
 */
public record DeviceSettings(Device device, Optional<Integer> threads) {

  /** Reads {@code device} and {@code threads} of the section {@code training}. */
  public static DeviceSettings read(Section training) {
    return new DeviceSettings(
        training.choice("device", Device.class, "what training runs on").orElse(Device.AUTO),
        training
            .integer("threads", "of matrix products on the CPU; other numbers round differently")
            .atLeast(1)
            .optional());
  }

  /**
   * Returns kernels for the calling thread.
   *
   * @throws UnusableDeviceException where a GPU is asked for that does not work
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
    int used = 1;
    return new Engine(new HostKernels(), "host", processor, used);
  }
}
