package io.millrace.learning.kernels.nd4j;

import io.millrace.learning.kernels.Matrix;
import io.millrace.learning.kernels.Window;
import io.millrace.learning.kernels.WindowAxis;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A batch of images that a window slides over; // [n, height, width, channels].
 *
 * <p>ND4J copies patches out of images and sums them into images for any padding, given where the
 * window begins. It expects channels first, so all arrays here are permuted views.
 *
 * @param rows images of the batch
 */
record Images(Matrix matrix, Window window, int rows) {

  /** Returns the number of patches of the batch. */
  long patches() {
    return (long) rows * window.positions();
  }

  /** Returns memory for the patches; // [n * positions, length of a patch]. */
  INDArray takePatches(Scratch scratch) {
    return scratch.take(patches(), window.patchLength());
  }

  /** Binds the copying of patches; // -> [n * positions, length of a patch]. */
  Operation toPatches(INDArray patches, double padding) {
    WindowAxis height = window.height();
    WindowAxis width = window.width();
    return NativeOperation.named("im2col")
        .reads(channelsFirst())
        .writes(channelsFirst(patches))
        .integers(
            height.size(),
            width.size(),
            height.stride(),
            width.stride(),
            height.padding(),
            width.padding(),
            height.dilation(),
            width.dilation(),
            0)
        .decimals(padding);
  }

  /** Binds the sums of the patches that cover each place; // [n * positions, length] ->. */
  Operation fromPatches(INDArray patches) {
    WindowAxis height = window.height();
    WindowAxis width = window.width();
    return NativeOperation.named("col2im")
        .reads(channelsFirst(patches))
        .writes(channelsFirst())
        .integers(
            height.stride(),
            width.stride(),
            height.padding(),
            width.padding(),
            height.input(),
            width.input(),
            height.dilation(),
            width.dilation(),
            0);
  }

  private INDArray channelsFirst() {
    return Views.of(
            matrix, rows, rows, window.height().input(), window.width().input(), window.channels())
        .permute(0, 3, 1, 2);
  }

  /**
   * Returns a view of patches; // [n, channels, height and width of the window, rows and columns].
   */
  private INDArray channelsFirst(INDArray patches) {
    return patches
        .reshape(
            rows,
            window.height().output(),
            window.width().output(),
            window.height().size(),
            window.width().size(),
            window.channels())
        .permute(0, 5, 3, 4, 1, 2);
  }
}
