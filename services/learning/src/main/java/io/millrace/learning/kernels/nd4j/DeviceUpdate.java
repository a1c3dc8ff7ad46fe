package io.millrace.learning.kernels.nd4j;

import io.millrace.learning.expressions.Assignment;
import io.millrace.learning.kernels.Buffer;
import io.millrace.learning.kernels.Call;
import io.millrace.learning.kernels.PartSquares;
import io.millrace.learning.optimizers.Optimizer;
import io.millrace.learning.optimizers.PartedGradient;
import io.millrace.learning.optimizers.UpdateRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * An optimizer's step on the device; only its few scalars come from the host.
 *
 * <p>Slots and average stay on the device. The optimizer's own vectors are updated when they are
 * saved.
 */
final class DeviceUpdate implements Call, Optimizer.Mirror {
  private final Optimizer optimizer;
  private final Scratch scratch;
  private final int length;
  private final Map<String, DeviceBuffer> vectors = new LinkedHashMap<>();
  private final Operation[] clipping;
  private final Operation[] step;

  DeviceUpdate(
      Optimizer optimizer,
      Buffer parameters,
      Buffer gradients,
      List<PartSquares> parted,
      Scratch scratch) {
    this.optimizer = optimizer;
    this.scratch = scratch;
    this.length = parameters.length();
    vectors.put(UpdateRule.PARAMETERS.name(), DeviceBuffer.device(parameters));
    vectors.put(UpdateRule.GRADIENTS.name(), DeviceBuffer.device(gradients));
    optimizer.vectors().keySet().forEach(name -> vectors.put(name, new DeviceBuffer(length)));
    optimizer.keepIn(this);
    this.clipping = clipping().toArray(Operation[]::new);
    this.step = step(parted).toArray(Operation[]::new);
  }

  @Override
  public void run(int rows) {
    run(clipping);
    optimizer.prepareStep();
    run(step);
    optimizer.finishStep();
  }

  @Override
  public void download(String vector, float[] values) {
    vector(vector).read(0, values, 0, values.length);
  }

  @Override
  public void upload(String vector, float[] values) {
    vector(vector).write(0, values, 0, values.length);
  }

  private static void run(Operation[] operations) {
    for (Operation operation : operations) {
      operation.run();
    }
  }

  private List<Operation> clipping() {
    List<Operation> operations = new ArrayList<>();
    optimizer
        .clipping()
        .formula()
        .ifPresent(
            formula -> {
              int from = 0;
              for (int size : clippedTogether()) {
                operations.addAll(bind(List.of(formula), rows(from, size)));
                from += size;
              }
            });
    return operations;
  }

  private int[] clippedTogether() {
    return optimizer.clipping().isPerVariable() ? optimizer.variableSizes() : new int[] {length};
  }

  private List<Operation> step(List<PartSquares> parted) {
    List<Operation> operations = new ArrayList<>();
    optimizer
        .partsFormula()
        .ifPresent(formula -> parted.forEach(part -> operations.addAll(bindPart(formula, part))));
    optimizer
        .ranges(false)
        .forEach(range -> operations.addAll(bind(optimizer.formulas(), rows(range))));
    optimizer
        .ranges(true)
        .forEach(range -> operations.addAll(bind(optimizer.frozenFormulas(), rows(range))));
    return operations;
  }

  private List<Operation> bindPart(Assignment formula, PartSquares part) {
    Map<String, INDArray> rows = rows(part.offset(), part.squares().length());
    rows.put(PartedGradient.SQUARES.name(), Views.row(part.squares()));
    return bind(List.of(formula), rows);
  }

  private List<Operation> bind(List<Assignment> formulas, Map<String, INDArray> rows) {
    return Formulas.bind(formulas, rows, scratch);
  }

  private Map<String, INDArray> rows(int[] range) {
    return rows(range[0], range[1] - range[0]);
  }

  /** Returns one range of all vectors; // [1, size] each. */
  private Map<String, INDArray> rows(int from, int size) {
    Map<String, INDArray> rows = new LinkedHashMap<>();
    vectors.forEach((name, buffer) -> rows.put(name, buffer.view(from, 1, size)));
    return rows;
  }

  private DeviceBuffer vector(String name) {
    return Objects.requireNonNull(vectors.get(name), name);
  }
}
