package io.millrace.learning.kernels.nd4j;

import java.util.function.DoubleSupplier;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A scalar that the host writes to the device on each run. */
final class Scalar implements Operation {
  private final DeviceBuffer buffer = new DeviceBuffer(1);
  private final float[] value = new float[1];
  private final DoubleSupplier supplier;

  Scalar(DoubleSupplier supplier) {
    this.supplier = supplier;
  }

  /** Returns a constant array of rank zero. */
  static INDArray constant(double value) {
    Scalar scalar = new Scalar(() -> value);
    scalar.run();
    return scalar.array();
  }

  /** Returns the number as an array of rank zero. */
  INDArray array() {
    return buffer.view(0);
  }

  @Override
  public void run() {
    value[0] = (float) supplier.getAsDouble();
    buffer.write(0, value, 0, 1);
  }
}
