package io.millrace.learning.kernels.host.convolution;

import io.millrace.learning.kernels.host.memory.HostBuffer;
import io.millrace.learning.kernels.host.memory.HostMatrix;
import io.millrace.learning.kernels.host.memory.SharedCall;
import io.millrace.learning.kernels.host.memory.Team;

/** A convolution, or a gradient of one, of a few images at a time. Threads share the images. */
abstract class ImageCall extends SharedCall {
  private final HostMatrix outputs;
  private final int patchLength;
  private final int capacity;

  /**
   * @param outputs the convolution's output or its gradient; // [n * positions, filters]
   * @param capacity how many images are computed at a time
   */
  ImageCall(Team team, HostMatrix outputs, int patchLength, int capacity, HostBuffer written) {
    super(team, written);
    this.outputs = outputs;
    this.patchLength = patchLength;
    this.capacity = capacity;
  }

  @Override
  protected final int count(int rows) {
    return rows;
  }

  @Override
  protected final long operations(int rows) {
    return (long) outputs.length(rows) * patchLength;
  }

  @Override
  protected final void compute(int rows, int part, int first, int end) {
    for (int image = first; image < end; image += capacity) {
      computeImages(rows, part, image, Math.min(capacity, end - image), image == first);
    }
  }

  /**
   * Computes {@code count} images.
   *
   * @param isFirst whether they are this thread's first ones
   */
  abstract void computeImages(int rows, int part, int first, int count, boolean isFirst);
}
