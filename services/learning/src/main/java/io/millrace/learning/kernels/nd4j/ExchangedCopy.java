package io.millrace.learning.kernels.nd4j;

import io.millrace.learning.kernels.HostCopy;

/** A heap array for exchanging a buffer's values with the host. */
final class ExchangedCopy implements HostCopy {
  private final DeviceBuffer buffer;
  private final float[] values;

  ExchangedCopy(DeviceBuffer buffer) {
    this.buffer = buffer;
    this.values = new float[buffer.length()];
  }

  @Override
  public float[] values() {
    return values;
  }

  @Override
  public void download(int length) {
    buffer.read(0, values, 0, length);
  }

  @Override
  public void upload(int length) {
    buffer.write(0, values, 0, length);
  }
}
