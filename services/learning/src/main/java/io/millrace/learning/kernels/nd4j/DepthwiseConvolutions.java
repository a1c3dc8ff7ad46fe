package io.millrace.learning.kernels.nd4j;

import static io.millrace.learning.expressions.Expression.variable;

import io.millrace.learning.expressions.Assignment;
import io.millrace.learning.expressions.Expression;
import io.millrace.learning.expressions.Expression.Variable;
import io.millrace.learning.kernels.Buffer;
import io.millrace.learning.kernels.Matrix;
import io.millrace.learning.kernels.Window;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Convolutions of each channel on its own, for a batch with {@code p} patches of {@code s} places,
 * {@code c} channels and {@code m} results per channel.
 */
final class DepthwiseConvolutions {
  private static final Variable PATCHES = variable("patches");
  private static final Variable KERNEL = variable("kernel");
  private static final Variable BIAS = variable("bias");
  private static final Variable OUT = variable("out");

  private final Scratch scratch;

  DepthwiseConvolutions(Scratch scratch) {
    this.scratch = scratch;
  }

  /** Binds a convolution; // sum over s of [p, s, c, 1] * [1, s, c, m] -> [p, 1, c, m]. */
  List<Operation> forward(Images in, Buffer kernel, @Nullable Buffer bias, Matrix out) {
    INDArray patches = in.takePatches(scratch);
    Map<String, INDArray> arrays = arrays(patches, in, kernel, out);
    Expression products = PATCHES.times(KERNEL).sum(1);
    if (bias != null) {
      arrays.put(BIAS.name(), results(bias, in.window()));
      products = products.plus(BIAS);
    }
    List<Operation> operations = new ArrayList<>();
    operations.add(in.toPatches(patches, 0));
    operations.addAll(bind(OUT.becomes(products), arrays));
    scratch.giveBack(patches);
    return operations;
  }

  /** Binds its kernel's gradient; // sum over p of [p, s, c, 1] * [p, 1, c, m] -> [1, s, c, m]. */
  List<Operation> kernelGradient(Images in, Matrix gradient, Buffer kernelGradient) {
    INDArray patches = in.takePatches(scratch);
    List<Operation> operations = new ArrayList<>();
    operations.add(in.toPatches(patches, 0));
    operations.addAll(
        bind(
            KERNEL.becomes(PATCHES.times(OUT).sum(0)),
            arrays(patches, in, kernelGradient, gradient)));
    scratch.giveBack(patches);
    return operations;
  }

  /** Binds its input's gradient; // sum over m of [p, 1, c, m] * [1, s, c, m] -> [p, s, c, 1]. */
  List<Operation> inputGradient(Matrix gradient, Buffer kernel, Images inGradient) {
    INDArray patches = inGradient.takePatches(scratch);
    List<Operation> operations =
        new ArrayList<>(
            bind(
                PATCHES.becomes(OUT.times(KERNEL).sum(3)),
                arrays(patches, inGradient, kernel, gradient)));
    operations.add(inGradient.fromPatches(patches));
    scratch.giveBack(patches);
    return operations;
  }

  private List<Operation> bind(Assignment formula, Map<String, INDArray> arrays) {
    return Formulas.bind(List.of(formula), arrays, scratch);
  }

  private static Map<String, INDArray> arrays(
      INDArray patches, Images images, Buffer kernel, Matrix out) {
    Window window = images.window();
    int channels = window.channels();
    int multiplier = out.columns() / channels;
    Map<String, INDArray> arrays = new HashMap<>();
    arrays.put(PATCHES.name(), patches.reshape(images.patches(), window.size(), channels, 1));
    arrays.put(KERNEL.name(), Views.of(kernel, 1, window.size(), channels, multiplier));
    arrays.put(OUT.name(), Views.of(out, images.rows(), images.patches(), 1, channels, multiplier));
    return arrays;
  }

  private static INDArray results(Buffer bias, Window window) {
    return Views.of(bias, 1, 1, window.channels(), bias.length() / window.channels());
  }
}
