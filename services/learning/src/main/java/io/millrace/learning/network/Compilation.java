package io.millrace.learning.network;

import io.millrace.learning.kernels.Buffer;
import io.millrace.learning.kernels.Call;
import io.millrace.learning.kernels.Kernels;
import io.millrace.learning.kernels.PartSquares;
import io.millrace.learning.kernels.Reduction;
import io.millrace.learning.layers.MaxNorm;
import io.millrace.learning.layers.Regularizer;
import io.millrace.learning.layers.Tensor;
import io.millrace.learning.layers.TensorShape;
import io.millrace.learning.layers.Weight;
import io.millrace.learning.losses.Loss;
import io.millrace.learning.random.RandomStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Compiles a definition into passes of kernel calls.
 *
 * <p>A result that several layers read has one gradient for each reader. The backward pass sums
 * them before it reaches the layer that made the result, so layers only ever overwrite gradients.
 */
final class Compilation {
  /** Separates the random numbers of layers from those of the initial weights. */
  private static final long LAYER_STREAM = -1;

  private final NetworkDefinition definition;
  private final CompilationOptions options;
  private final Kernels kernels;
  private final WeightVectors weights;
  private final Graph graph;
  private final LongSupplier passes;
  private final Set<String> frozen;
  private final Map<String, Tensor> results = new LinkedHashMap<>();
  private final Map<String, List<Tensor>> readings = new HashMap<>();
  private final Map<String, LayerCompilation> scopes = new LinkedHashMap<>();

  final Passes forward = new Passes();
  final Passes backward = new Passes();
  final List<Reduction> penalties = new ArrayList<>();
  final List<Call> constraints = new ArrayList<>();
  final List<PartSquares> partSquares = new ArrayList<>();
  final List<LossTerm> lossTerms = new ArrayList<>();

  Compilation(
      NetworkDefinition definition,
      CompilationOptions options,
      WeightVectors weights,
      PassCounter passes,
      Set<String> frozen) {
    this.frozen = frozen;
    this.passes = passes;
    this.definition = definition;
    this.options = options;
    this.kernels = options.kernels();
    this.weights = weights;
    this.graph =
        new Graph(
            definition,
            options.lossOutputs(),
            options.withInputGradients(),
            layer -> !isFrozen(layer));
    definition.inputs().forEach(this::addInput);
    definition.layers().forEach(this::addLayer);
    options.losses().forEach(this::addLoss);
    addBackwardPass();
    weights.weights().forEach(this::addPenalty);
    weights.weights().forEach(this::addConstraint);
  }

  /** Returns the result of an input or a layer. */
  Tensor result(String name) {
    return Objects.requireNonNull(results.get(name), name);
  }

  /** Returns the memory of a layer's weights by their names within the layer. */
  Map<String, Weight> weightsOf(LayerDefinition layer) {
    return weights.of(layer, isFrozen(layer));
  }

  /** Returns whether a layer does not learn now. */
  boolean isFrozen(LayerDefinition layer) {
    return !layer.trainable() || frozen.contains(layer.name());
  }

  /** Notes that the gradient of a weight is a sum of parts. */
  void addParts(String weight, Buffer squares) {
    partSquares.add(new PartSquares(weights.find(weight).offset(), squares));
  }

  Kernels kernels() {
    return kernels;
  }

  Buffer workspace(int valuesPerExample) {
    return kernels.allocate(Math.multiplyExact(valuesPerExample, options.batchCapacity()));
  }

  boolean hasGradient(LayerDefinition layer) {
    return graph.hasGradient(layer.name());
  }

  /** Returns the loss of a layer whose only reader is that loss. */
  Optional<Loss> onlyReaderOf(LayerDefinition layer) {
    return graph.readers(layer.name()) > 1
        ? Optional.empty()
        : options.losses().stream()
            .filter(loss -> loss.output().equals(layer.name()))
            .map(OutputLoss::loss)
            .findFirst();
  }

  RandomStream random(LayerDefinition layer) {
    return RandomStream.of(options.seed(), LAYER_STREAM).split(definition.layers().indexOf(layer));
  }

  LongSupplier passes() {
    return passes;
  }

  private void addInput(InputDefinition input) {
    results.put(input.name(), allocate(input.shape(), graph.hasGradient(input.name())));
  }

  private Tensor allocate(TensorShape shape, boolean withGradient) {
    return new Tensor(
        shape, workspace(shape.size()), withGradient ? workspace(shape.size()) : null);
  }

  private void addLayer(LayerDefinition layer) {
    List<Tensor> inputs = layer.inputs().stream().map(this::read).toList();
    LayerCompilation scope = new LayerCompilation(this, layer, inputs);
    layer.layer().compile(scope);
    scopes.put(layer.name(), scope);
    forward.addAll(scope.forward);
    results.put(layer.name(), scope.output());
  }

  /** Returns a result for one of its readers, with a gradient of the reader's own. */
  private Tensor read(String name) {
    Tensor result = result(name);
    if (!result.hasGradient() || graph.readers(name) == 1) {
      return result;
    }
    TensorShape shape = result.shape();
    Tensor reading = new Tensor(shape, result.values(), workspace(shape.size()));
    readings.computeIfAbsent(name, key -> new ArrayList<>()).add(reading);
    return reading;
  }

  private void addLoss(OutputLoss loss) {
    Tensor output = read(loss.output());
    LayerCompilation scope = Objects.requireNonNull(scopes.get(loss.output()), loss.output());
    lossTerms.add(
        new LossTerm(
            scope.lossInstead().orElse(loss.loss()),
            loss.weight(),
            output.shape().size(),
            scope.lossInput(),
            output.gradient()));
  }

  private void addBackwardPass() {
    List<LayerDefinition> reversed = new ArrayList<>(definition.layers());
    Collections.reverse(reversed);
    for (LayerDefinition layer : reversed) {
      addGradientSum(layer.name());
      backward.addAll(Objects.requireNonNull(scopes.get(layer.name())).backward);
    }
    definition.inputs().forEach(input -> addGradientSum(input.name()));
  }

  private void addGradientSum(String name) {
    List<Tensor> read = readings.get(name);
    if (read != null) {
      backward.add(
          kernels.sum(
              read.stream().map(Tensor::exampleGradients).toList(),
              result(name).exampleGradients()));
    }
  }

  private void addPenalty(NamedWeight weight) {
    Regularizer regularizer = weight.definition().regularizer();
    if (!learns(weight) || regularizer.isNone()) {
      return;
    }
    penalties.add(kernels.penalty(weights.values(weight), regularizer.l1(), regularizer.l2()));
    Buffer gradient = weights.gradient(weight);
    if (gradient != null) {
      backward.add(
          kernels.addPenaltyGradient(
              weights.values(weight), gradient, regularizer.l1(), regularizer.l2()));
    }
  }

  private boolean learns(NamedWeight weight) {
    return weight.learns() && !isFrozen(weight.layer());
  }

  private void addConstraint(NamedWeight weight) {
    MaxNorm bound = weight.definition().maxNorm();
    if (learns(weight) && bound != null) {
      List<Integer> axes = weight.definition().shape().dimensions();
      int inner = new TensorShape(axes.subList(bound.axis() + 1, axes.size())).size();
      constraints.add(
          kernels.boundNorms(
              weights.values(weight), axes.get(bound.axis()), inner, bound.maximum()));
    }
  }
}
