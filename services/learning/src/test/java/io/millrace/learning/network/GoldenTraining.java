package io.millrace.learning.network;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.learning.golden.GoldenKind;
import io.millrace.learning.golden.GoldenTensor;
import io.millrace.learning.kernels.Kernels;
import io.millrace.learning.layers.Mode;
import io.millrace.learning.losses.Losses;
import io.millrace.learning.optimizers.OptimizerDefinition;
import io.millrace.settings.Section;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;

/** A whole training run: the loss of every batch and the weights at the end. */
public final class GoldenTraining implements GoldenKind {
  private static final double TOLERANCE = 1e-3;

  private final Supplier<Kernels> implementation;

  public GoldenTraining(Supplier<Kernels> implementation) {
    this.implementation = implementation;
  }

  @Override
  public void check(JsonNode golden) {
    int batchSize = golden.path("batchSize").asInt();
    Network network = compile(golden, batchSize);
    golden
        .path("initialWeights")
        .properties()
        .forEach(
            weight ->
                network
                    .weights()
                    .write(weight.getKey(), GoldenTensor.of(weight.getValue()).data()));

    float[] batchLosses = train(golden, network, batchSize);

    new GoldenTensor(List.of(), GoldenTensor.floats(golden.path("batchLosses")))
        .assertCloseTo("batch losses", batchLosses, TOLERANCE, TOLERANCE);
    golden
        .path("finalWeights")
        .properties()
        .forEach(
            weight ->
                GoldenTensor.of(weight.getValue())
                    .assertCloseTo(
                        weight.getKey(),
                        network.weights().read(weight.getKey()),
                        TOLERANCE,
                        TOLERANCE));
  }

  private Network compile(JsonNode golden, int batchSize) {
    Section model = Section.root(GoldenTensor.tree(golden.path("model")));
    NetworkDefinition definition = NetworkDefinition.read(model);
    model.finish();
    List<OutputLoss> losses = new ArrayList<>();
    for (JsonNode loss : golden.path("losses")) {
      Section section = Section.root(GoldenTensor.tree(loss));
      section.ignore("output", "weight");
      losses.add(
          new OutputLoss(
              loss.path("output").asText(), Losses.read(section), loss.path("weight").asDouble(1)));
    }
    Network network = Network.compile(definition, losses, batchSize, 1, implementation.get());
    Section optimizer = Section.root(GoldenTensor.tree(golden.path("optimizer")));
    network.optimizeBy(
        OptimizerDefinition.read(optimizer).create(network.weights().parameterSizes()));
    return network;
  }

  private static float[] train(JsonNode golden, Network network, int batchSize) {
    List<GoldenTensor> inputs = tensors(golden.path("inputs"));
    List<GoldenTensor> targets = tensors(golden.path("targets"));
    int examples = inputs.get(0).rows();
    int batches = (examples + batchSize - 1) / batchSize;
    float[] losses = new float[golden.path("epochs").asInt() * batches];
    for (int batch = 0; batch < losses.length; batch++) {
      int first = batch % batches * batchSize;
      int rows = Math.min(batchSize, examples - first);
      network.forward(slices(inputs, first, rows), rows, Mode.TRAINING);
      losses[batch] = (float) network.backward(slices(targets, first, rows), null);
      network.update();
    }
    return losses;
  }

  private static float[][] slices(List<GoldenTensor> tensors, int firstRow, int rows) {
    return tensors.stream().map(tensor -> slice(tensor, firstRow, rows)).toArray(float[][]::new);
  }

  private static float[] slice(GoldenTensor tensor, int firstRow, int rows) {
    int width = tensor.data().length / tensor.rows();
    return Arrays.copyOfRange(tensor.data(), firstRow * width, (firstRow + rows) * width);
  }

  private static List<GoldenTensor> tensors(JsonNode nodes) {
    return StreamSupport.stream(nodes.spliterator(), false).map(GoldenTensor::of).toList();
  }
}
