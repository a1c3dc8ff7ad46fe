package io.millrace.learning.kernels.nd4j;

import io.millrace.learning.kernels.Buffer;
import io.millrace.learning.kernels.HostCopy;
import java.util.Objects;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.concurrency.AffinityManager;
import org.nd4j.linalg.api.concurrency.AffinityManager.Location;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A range of a flat ND4J array.
 *
 * <p>With a GPU, the array has memory on both sides. The host's side is brought up to date before
 * the host reads or changes it. After a change it is marked as newer, and ND4J copies it to the GPU
 * before the next operation. On a CPU both sides are the same.
 */
final class DeviceBuffer implements Buffer {
  private final INDArray array;
  private final int offset;
  private final int length;

  DeviceBuffer(int length) {
    this(Nd4j.zeros(DataType.FLOAT, Math.max(1, length)), 0, length);
  }

  private DeviceBuffer(INDArray array, int offset, int length) {
    this.array = array;
    this.offset = offset;
    this.length = length;
  }

  /** Returns a buffer of these kernels as its own type. */
  static DeviceBuffer device(Buffer buffer) {
    if (buffer instanceof DeviceBuffer deviceBuffer) {
      return deviceBuffer;
    }
    throw new IllegalArgumentException("A buffer of other kernels: " + buffer.getClass());
  }

  /** Returns the values from {@code start} on as a dense, row-major array. */
  INDArray view(int start, long... shape) {
    long[] strides = new long[shape.length];
    long stride = 1;
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride *= shape[axis];
    }
    return view(start, shape, strides);
  }

  INDArray view(int start, long[] shape, long[] strides) {
    return Nd4j.create(array.data(), shape, strides, offset + start, 'c');
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public Buffer slice(int start, int sliceLength) {
    Objects.checkFromIndexSize(start, sliceLength, length);
    return new DeviceBuffer(array, offset + start, sliceLength);
  }

  @Override
  public void write(int start, float[] source, int sourceOffset, int count) {
    Objects.checkFromIndexSize(start, count, length);
    host().position(offset + start).put(source, sourceOffset, count);
    affinity().tagLocation(array, Location.HOST);
  }

  @Override
  public void read(int start, float[] target, int targetOffset, int count) {
    Objects.checkFromIndexSize(start, count, length);
    host().position(offset + start).get(target, targetOffset, count);
  }

  @Override
  public HostCopy hostCopy() {
    return new ExchangedCopy(this);
  }

  /** Returns the host's side, up to date. */
  private FloatPointer host() {
    affinity().ensureLocation(array, Location.HOST);
    return (FloatPointer) array.data().pointer();
  }

  private static AffinityManager affinity() {
    return Nd4j.getAffinityManager();
  }
}
