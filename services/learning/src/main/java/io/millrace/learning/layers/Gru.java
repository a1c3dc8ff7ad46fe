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
    Kernels kernels = scope.kernels();
    Matrix products = unrolled.workspace(unrolled.steps(), 3 * options.units());
    List<GruCell> cells = cells(unrolled, products);
    Buffer recurrent = unrolled.recurrent();
    @Nullable Buffer recurrentBias = part(unrolled.bias(), 1);
    unrolled.addInputPass(part(unrolled.bias(), 0));
    for (GruCell cell : cells) {
      scope.forward(kernels.product(cell.previous(), recurrent, recurrentBias, cell.recurrent()));
      scope.forward(kernels.gruCell(cell, options.activations()));
    }
    unrolled.addOutputPass();
    if (unrolled.hasGradient()) {
      unrolled.addGradients(
          products,
          (step, gradients) ->
              kernels.gruCellGradient(
                  cells.get(step),
                  options.activations(),
                  gradients.step(step + 1),
                  gradients.step(step)));
      addBiasGradient(scope, unrolled.biasGradient(), unrolled.gates(), products);
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

  private void addBiasGradient(
      LayerScope scope, @Nullable Buffer gradient, Matrix gates, Matrix products) {
    if (gradient == null) {
      return;
    }
    int width = 3 * options.units();
    scope.backward(scope.kernels().columnSums(gates, gradient.slice(0, width)));
    scope.backward(scope.kernels().columnSums(products, gradient.slice(width, width)));
  }

  private @Nullable Buffer part(@Nullable Buffer biases, int index) {
    int width = 3 * options.units();
    return biases == null ? null : biases.slice(index * width, width);
  }
}
