package io.millrace.learning.layers;

import io.millrace.learning.initializers.Initializer;
import io.millrace.learning.kernels.Buffer;
import io.millrace.learning.kernels.Kernels;
import io.millrace.learning.kernels.LstmCell;
import io.millrace.learning.kernels.Matrix;
import io.millrace.settings.Section;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Long short-term memory; {@link LstmCell} describes the cell. */
record Lstm(RecurrentOptions options) implements Recurrent {

  static Recurrent read(Section section) {
    RecurrentOptions options = RecurrentOptions.read(section);
    boolean forgetBias =
        section.flag("unit_forget_bias", "whether the forget gate begins open").orElse(true);
    return new Lstm(
        options.bias() != null && forgetBias
            ? options.withBias(withOpenForgetGate(options.bias().initializer()))
            : options);
  }

  /** Initializes the forget gate's bias with one: R. Jozefowicz et al., 2015. */
  private static Initializer withOpenForgetGate(Initializer others) {
    return (values, offset, shape, fans, random) -> {
      others.fill(values, offset, shape, fans, random);
      int units = shape[0] / 4;
      Arrays.fill(values, offset + units, offset + 2 * units, 1);
    };
  }

  @Override
  public String kind() {
    return "lstm";
  }

  @Override
  public int gates() {
    return 4;
  }

  @Override
  public Recurrent reversed() {
    return new Lstm(options.reversed());
  }

  @Override
  public int[] biasShape() {
    return new int[] {4 * options.units()};
  }

  @Override
  public void compile(LayerScope scope) {
    Unrolled unrolled = new Unrolled(scope, this);
    List<LstmCell> cells = cells(unrolled);
    unrolled.addInputPass(unrolled.bias());
    addSteps(scope, unrolled, cells);
    unrolled.addOutputPass();
    if (unrolled.hasGradient()) {
      addGradients(scope, unrolled, cells);
    }
  }

  private List<LstmCell> cells(Unrolled unrolled) {
    int steps = unrolled.steps();
    Matrix states = unrolled.workspace(steps + 1, options.units());
    Matrix activated = unrolled.workspace(steps, options.units());
    return IntStream.range(0, steps)
        .mapToObj(
            step ->
                new LstmCell(
                    unrolled.gates().step(step),
                    states.step(step),
                    states.step(step + 1),
                    activated.step(step),
                    unrolled.hidden().step(step + 1)))
        .toList();
  }

  private void addSteps(LayerScope scope, Unrolled unrolled, List<LstmCell> cells) {
    Kernels kernels = scope.kernels();
    scope.forward(kernels.zero(cells.get(0).previousCell()));
    for (int step = 0; step < cells.size(); step++) {
      LstmCell cell = cells.get(step);
      if (step > 0) { // the state before the first step is zero
        Matrix previous = unrolled.hidden().step(step);
        scope.forward(kernels.addProduct(previous, unrolled.recurrent(), cell.gates()));
      }
      scope.forward(kernels.lstmCell(cell, options.activations()));
    }
  }

  private void addGradients(LayerScope scope, Unrolled unrolled, List<LstmCell> cells) {
    Kernels kernels = scope.kernels();
    Matrix cellGradient = unrolled.workspace(1, options.units());
    scope.backward(kernels.zero(cellGradient));
    unrolled.addGradients(
        unrolled.gates(),
        (step, gradients) ->
            kernels.lstmCellGradient(
                cells.get(step), options.activations(), gradients.step(step + 1), cellGradient));
    @Nullable Buffer biasGradient = unrolled.biasGradient();
    if (biasGradient != null) {
      scope.backward(kernels.columnSums(unrolled.gates(), biasGradient));
    }
  }
}
