package io.millrace.learning.kernels.nd4j;

import static io.millrace.learning.expressions.Expression.constant;
import static io.millrace.learning.expressions.Expression.variable;

import io.millrace.learning.expressions.Assignment;
import io.millrace.learning.expressions.Expression.Variable;
import io.millrace.learning.kernels.Matrix;
import io.millrace.learning.kernels.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Maxima and means of channels under a window, for {@code n} images of {@code q} patches of {@code
 * s} places and {@code c} channels.
 */
final class Pooling {
  private static final Variable PATCHES = variable("patches");
  private static final Variable OUT = variable("out");
  private static final Variable GRADIENT = variable("gradient");
  private static final Variable SHARES = variable("shares");
  private static final Variable BEFORE = variable("before");

  private final Scratch scratch;

  Pooling(Scratch scratch) {
    this.scratch = scratch;
  }

  /** Binds maxima; // [n, q, s, c] -> [n, q, 1, c]. */
  List<Operation> maxima(Images in, Matrix out) {
    INDArray patches = takePatches(in);
    scratch.giveBack(patches);
    return List.of(
        in.toPatches(patches, -Float.MAX_VALUE),
        NativeOperation.named("reduce_max")
            .reads(patches)
            .writes(results(out, in))
            .integers(2)
            .flags(true));
  }

  /** Binds their gradient, which goes to the first place that holds the maximum. */
  List<Operation> maximaGradient(Images in, Matrix out, Matrix gradient, Images inGradient) {
    INDArray patches = takePatches(in);
    INDArray before = scratch.take(patches.shape());
    Map<String, INDArray> arrays =
        Map.of(
            "patches",
            patches,
            "before",
            before,
            "out",
            results(out, in),
            "gradient",
            results(gradient, in));
    Assignment found = PATCHES.becomes(constant(1).minus(OUT.minus(PATCHES).sign()));
    Assignment share =
        PATCHES.becomes(PATCHES.times(constant(1).minus(BEFORE.minimum(1))).times(GRADIENT));
    List<Operation> operations = new ArrayList<>();
    operations.add(in.toPatches(patches, -Float.MAX_VALUE));
    operations.addAll(Formulas.bind(List.of(found), arrays, scratch));
    operations.add(runningSum(patches, before));
    operations.addAll(Formulas.bind(List.of(share), arrays, scratch));
    operations.add(inGradient.fromPatches(patches));
    scratch.giveBack(before);
    scratch.giveBack(patches);
    return operations;
  }

  /** Binds the sums over the places before each one, excluding the place itself. */
  private static Operation runningSum(INDArray patches, INDArray before) {
    return NativeOperation.named("cumsum").reads(patches).writes(before).integers(1, 0, 2);
  }

  /** Binds means; // sum over s of [n, q, s, c] * [1, q, s, 1] -> [n, q, 1, c]. */
  List<Operation> means(Images in, Matrix out) {
    INDArray patches = takePatches(in);
    List<Operation> operations = new ArrayList<>();
    operations.add(in.toPatches(patches, 0));
    operations.addAll(
        Formulas.bind(
            List.of(OUT.becomes(PATCHES.times(SHARES).sum(2))),
            Map.of("patches", patches, "shares", shares(in.window()), "out", results(out, in)),
            scratch));
    scratch.giveBack(patches);
    return operations;
  }

  /** Binds their gradient; // [n, q, 1, c] * [1, q, s, 1] -> [n, q, s, c]. */
  List<Operation> meansGradient(Matrix gradient, Images inGradient) {
    INDArray patches = takePatches(inGradient);
    List<Operation> operations =
        new ArrayList<>(
            Formulas.bind(
                List.of(PATCHES.becomes(GRADIENT.times(SHARES))),
                Map.of(
                    "patches", patches,
                    "shares", shares(inGradient.window()),
                    "gradient", results(gradient, inGradient)),
                scratch));
    operations.add(inGradient.fromPatches(patches));
    scratch.giveBack(patches);
    return operations;
  }

  private INDArray takePatches(Images images) {
    Window window = images.window();
    return scratch.take(images.rows(), window.positions(), window.size(), window.channels());
  }

  private static INDArray results(Matrix matrix, Images images) {
    Window window = images.window();
    return Views.of(matrix, images.rows(), images.rows(), window.positions(), 1, window.channels());
  }

  /** Returns the weight of each place in the mean; // [1, q, s, 1]. */
  private static INDArray shares(Window window) {
    int size = window.size();
    float[] shares = new float[window.positions() * size];
    for (int position = 0; position < window.positions(); position++) {
      float share = 1f / window.covered(position);
      Arrays.fill(shares, position * size, (position + 1) * size, share);
    }
    DeviceBuffer buffer = new DeviceBuffer(shares.length);
    buffer.write(0, shares, 0, shares.length);
    return buffer.view(0, 1, window.positions(), size, 1);
  }
}
