package io.millrace.learning.kernels.nd4j;

import io.millrace.learning.kernels.Buffer;
import io.millrace.learning.kernels.Matrix;
import io.millrace.learning.kernels.Window;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Convolutions as products of patches and kernel, for a batch with {@code p} patches of {@code s}
 * places and {@code c} channels.
 */
final class Convolutions {
  private final Scratch scratch;

  Convolutions(Scratch scratch) {
    this.scratch = scratch;
  }

  /** Binds a convolution; // [p, s * c] · [s * c, filters] + [filters] -> [p, filters]. */
  public List<Operation> forward(Images in, Buffer kernel, @Nullable Buffer bias, Matrix out) {
    INDArray patches = takePatches(in);
    INDArray bound = bias == null ? null : Views.of(bias, out.columns());
    return List.of(
        in.toPatches(patches, 0),
        Products.affine(
            patches, kernel(kernel, in.window(), out), bound, Views.of(out, in.rows())));
  }

  /** Binds its kernel's gradient; // [p, s * c]ᵀ · [p, filters] -> [s * c, filters]. */
  public List<Operation> kernelGradient(Images in, Matrix gradient, Buffer kernelGradient) {
    INDArray patches = takePatches(in);
    return List.of(
        in.toPatches(patches, 0),
        Products.outer(
            patches, Views.of(gradient, in.rows()), kernel(kernelGradient, in.window(), gradient)));
  }

  /** Binds its input's gradient; // [p, filters] · [s * c, filters]ᵀ -> [p, s * c]. */
  public List<Operation> inputGradient(Matrix gradient, Buffer kernel, Images inGradient) {
    INDArray patches = takePatches(inGradient);
    return List.of(
        Products.transposed(
            Views.of(gradient, inGradient.rows()),
            kernel(kernel, inGradient.window(), gradient),
            patches,
            0),
        inGradient.fromPatches(patches));
  }

  /**
   * Returns memory for patches. It is given back at once, which is safe because nothing else is
   * taken.
   */
  private INDArray takePatches(Images images) {
    INDArray patches = images.takePatches(scratch);
    scratch.giveBack(patches);
    return patches;
  }

  private static INDArray kernel(Buffer kernel, Window window, Matrix out) {
    return Views.of(kernel, window.patchLength(), out.columns());
  }
}
