package io.millrace.learning.network;

import io.millrace.learning.kernels.Call;
import io.millrace.learning.kernels.HostCopy;
import io.millrace.learning.kernels.PartSquares;
import io.millrace.learning.kernels.Reduction;
import io.millrace.learning.layers.Mode;
import io.millrace.learning.layers.Tensor;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What a network runs: lists of kernel calls, and the memory that they share with the host. */
final class Program {
  final Tensor[] inputs;
  final HostCopy[] predictions;
  final Reduction[] penalties;
  final Call[] constraints;
  final List<PartSquares> partSquares;
  final LossTerm[] losses;
  private final Map<Mode, Call[]> forward = new EnumMap<>(Mode.class);
  private final Map<Mode, Call[]> backward = new EnumMap<>(Mode.class);

  Program(NetworkDefinition definition, Compilation compilation) {
    inputs =
        definition.inputs().stream()
            .map(input -> compilation.result(input.name()))
            .toArray(Tensor[]::new);
    predictions =
        definition.outputs().stream()
            .map(name -> compilation.result(name).values().hostCopy())
            .toArray(HostCopy[]::new);
    for (Mode mode : Mode.values()) {
      forward.put(mode, compilation.forward.toArray(mode));
      backward.put(mode, compilation.backward.toArray(mode));
    }
    penalties = compilation.penalties.toArray(Reduction[]::new);
    constraints = compilation.constraints.toArray(Call[]::new);
    partSquares = compilation.partSquares;
    losses = compilation.lossTerms.toArray(LossTerm[]::new);
  }

  Call[] forward(Mode mode) {
    return Objects.requireNonNull(forward.get(mode));
  }

  Call[] backward(Mode mode) {
    return Objects.requireNonNull(backward.get(mode));
  }
}
