package io.millrace.learning.devices;

import io.millrace.learning.kernels.nd4j.Nd4jKernels;
import java.util.Optional;
import java.util.ServiceLoader;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.factory.Nd4jBackend;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;

/** ND4J's backend for NVIDIA GPUs, which may or may not be on the class path. */
final class CudaBackend {
  private static final String NAME = "JCublasBackend";

  private CudaBackend() {}

  /** Returns whether the backend is on the class path; it may still not work. */
  static boolean isPresent() {
    return ServiceLoader.load(Nd4jBackend.class).stream()
        .anyMatch(provider -> provider.type().getSimpleName().equals(NAME));
  }

  /**
   * Returns kernels on the first GPU, after a test computation on it.
   *
   * @throws UnusableDeviceException if the GPU cannot be used, with the reason
   */
  static Engine open() {
    if (!isPresent()) {
      throw new UnusableDeviceException(
          "this build has no backend for a GPU; build with -Pcuda or -Pcuda-ptx", null);
    }
    try {
      // The first array loads the native library. The first sum shows whether it has code for this
      // card.
      Nd4j.ones(DataType.FLOAT, 2).sumNumber();
      return new Engine(new Nd4jKernels(), "nd4j-cuda", "gpu (" + card() + ")", 1);
    } catch (RuntimeException | LinkageError failure) {
      throw new UnusableDeviceException(GpuFailure.sentence(failure, cardIfKnown()), failure);
    }
  }

  private static GraphicsCard card() {
    NativeOps cuda = NativeOpsHolder.getInstance().getDeviceNativeOps();
    return new GraphicsCard(cuda.getDeviceName(0), cuda.getDeviceMajor(0), cuda.getDeviceMinor(0));
  }

  private static Optional<GraphicsCard> cardIfKnown() {
    try {
      return Optional.of(card());
    } catch (RuntimeException | LinkageError unknown) {
      return Optional.empty(); // the library itself did not load
    }
  }
}
