package io.millrace.learning.layers;

import io.millrace.learning.kernels.Buffer;
import io.millrace.learning.kernels.GruCell;
import io.millrace.learning.kernels.Kernels;
import io.millrace.learning.kernels.Matrix;
import io.millrace.settings.Section;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Gated recurrent units; {@link GruCell} describes the cell. */
record Gru(RecurrentOptions options) implements Recurrent {

  static Recurrent read(Section section) {
    section
        .flag("reset_after", "whether the reset gate is applied after the product")
        .only(true)
        .orElse(true);
    return new Gru(RecurrentOptions.read(section));
  }

  @Override
  public String kind() {
    return "gru";
  }

  @Override
  public int gates() {
    return 3;
  }

  @Override
  public Recurrent reversed() {
    return new Gru(options.reversed());
  }

  /** Returns two biases: one of the product with the input, one of the recurrent product. */
  @Override
  public int[] biasShape() {
    return new int[] {2, 3 * options.units()};
  }

  @Override
  public void compile(LayerScope scope) {
    Unrolled unrolled = new Unrolled(scope, this);
    Weight kernel = scope.weight(name("kernel"));
    Weight recurrent = scope.weight(name("recurrent_kernel"));
    @Nullable Weight bias = options.bias() == null ? null : scope.weight(name("bias"));
    @Nullable Buffer biases = bias == null ? null : bias.values();
    Matrix products = unrolled.workspace(unrolled.steps(), 3 * options.units());
    List<GruCell> cells = cells(unrolled, products);
    unrolled.addInputPass(kernel, part(biases, 0));
    for (GruCell cell : cells) {
      scope.forward(
          scope
              .kernels()
              .product(cell.previous(), recurrent.values(), part(biases, 1), cell.recurrent()));
      scope.forward(scope.kernels().gruCell(cell, options.activations()));
    }
    unrolled.addOutputPass();
    if (unrolled.hasGradient()) {
      addStepsBackwards(scope, unrolled, cells, recurrent);
      unrolled.addInputGradient(kernel);
      unrolled.addRecurrentGradient(recurrent, products);
      addBiasGradient(scope, bias, unrolled.gates(), products);
    }
  }

  private List<GruCell> cells(Unrolled unrolled, Matrix products) {
    return IntStream.range(0, unrolled.steps())
        .mapToObj(
            step ->
                new GruCell(
                    unrolled.gates().step(step),
                    products.step(step),
                    unrolled.hidden().step(step),
                    unrolled.hidden().step(step + 1)))
        .toList();
  }

  private void addStepsBackwards(
      LayerScope scope, Unrolled unrolled, List<GruCell> cells, Weight recurrent) {
    Kernels kernels = scope.kernels();
    Matrix gradients = unrolled.addOutputGradient();
    for (int step = cells.size() - 1; step >= 0; step--) {
      GruCell cell = cells.get(step);
      scope.backward(
          kernels.gruCellGradient(
              cell, options.activations(), gradients.step(step + 1), gradients.step(step)));
      if (step > 0) {
        scope.backward(
            kernels.addProductTransposed(
                cell.recurrent(), recurrent.values(), gradients.step(step)));
      }
    }
  }

  private void addBiasGradient(
      LayerScope scope, @Nullable Weight bias, Matrix gates, Matrix products) {
    if (bias == null || bias.gradient() == null) {
      return;
    }
    Buffer gradient = bias.gradient();
    int width = 3 * options.units();
    scope.backward(scope.kernels().columnSums(gates, gradient.slice(0, width)));
    scope.backward(scope.kernels().columnSums(products, gradient.slice(width, width)));
  }

  private @Nullable Buffer part(@Nullable Buffer biases, int index) {
    int width = 3 * options.units();
    return biases == null ? null : biases.slice(index * width, width);
  }
}
