package io.millrace.learning.kernels;

import io.millrace.learning.kernels.host.HostKernels;
import io.millrace.learning.kernels.nd4j.Nd4jKernels;
import io.millrace.learning.layers.Mode;
import io.millrace.learning.losses.Losses;
import io.millrace.learning.network.Network;
import io.millrace.learning.network.NetworkDefinition;
import io.millrace.learning.network.OutputLoss;
import io.millrace.learning.optimizers.Optimizer;
import io.millrace.learning.optimizers.OptimizerDefinition;
import io.millrace.learning.random.RandomStream;
import io.millrace.learning.state.State;
import io.millrace.settings.Section;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A short training with dropout, noise, batch normalization and a moving average of the weights.
 */
public final class TrainingRun {
  private static final int ROWS = 16;
  private static final int FEATURES = 6;
  private static final int CLASSES = 3;

  private final Network network;
  private final Optimizer optimizer;

  TrainingRun(Kernels kernels) {
    Section section =
        Section.root(
            Map.of(
                "inputs",
                List.of(Map.of("name", "features", "shape", List.of(FEATURES))),
                "layers",
                List.of(
                    Map.of("type", "dense", "units", 20, "activation", "relu"),
                    Map.of("type", "batch_normalization"),
                    Map.of("type", "dropout", "rate", 0.3),
                    Map.of("type", "gaussian_noise", "stddev", 0.1),
                    Map.of("type", "dense", "units", CLASSES, "activation", "softmax"))));
    NetworkDefinition definition = NetworkDefinition.read(section);
    section.finish();
    OutputLoss loss =
        new OutputLoss(
            definition.outputs().get(0),
            Losses.read(Section.root(Map.of("type", "sparse_categorical_crossentropy"))),
            1);
    network = Network.compile(definition, List.of(loss), ROWS, 7, kernels);
    optimizer =
        OptimizerDefinition.read(
                Section.root(
                    Map.of("type", "adamw", "learning_rate", 0.01, "use_ema", true, "clipnorm", 1)))
            .create(network.weights().parameterSizes());
    network.optimizeBy(optimizer);
  }

  /** Prints the digest of all weights after a training on the named implementation. */
  public static void main(String[] arguments) {
    TrainingRun run = new TrainingRun(kernels(arguments[0]));
    run.train(0, 40);
    System.out.println(run.digest());
  }

  static Kernels kernels(String name) {
    return switch (name) {
      case "nd4j" -> new Nd4jKernels();
      case "host of two threads" -> new HostKernels(2);
      default -> new HostKernels();
    };
  }

  void train(int firstStep, int steps) {
    RandomStream random = RandomStream.of(3, 0);
    float[] features = new float[ROWS * FEATURES];
    float[] classes = new float[ROWS];
    for (int step = firstStep; step < firstStep + steps; step++) {
      int rows = step % 4 == 3 ? ROWS / 2 : ROWS; // includes batches that are not full
      for (int i = 0; i < features.length; i++) {
        features[i] = (float) random.normal((long) step * features.length + i);
      }
      for (int i = 0; i < rows; i++) {
        classes[i] = features[i * FEATURES] > 0 ? 1 : features[i * FEATURES + 1] > 0 ? 2 : 0;
      }
      network.forward(new float[][] {features}, rows, Mode.TRAINING);
      network.backward(new float[][] {classes}, null);
      network.update();
    }
  }

  /** Returns everything that a run needs to continue. */
  State save() {
    State state = new State();
    state.put("parameters", network.weights().parameters());
    state.put("statistics", network.weights().nonTrainable());
    network.save(state.child("network"));
    optimizer.save(state.child("optimizer"));
    return state;
  }

  void restore(State state) {
    network.weights().writeParameters(state.floats("parameters"));
    network.weights().writeNonTrainable(state.floats("statistics"));
    network.restore(state.child("network"));
    optimizer.restore(state.child("optimizer"));
  }

  float[] parameters() {
    return network.weights().parameters();
  }

  /** Returns the SHA-256 of parameters, statistics and averages. */
  String digest() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(bytes(network.weights().parameters()));
      digest.update(bytes(network.weights().nonTrainable()));
      digest.update(bytes(Objects.requireNonNull(optimizer.averagedParameters())));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static byte[] bytes(float[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }
}
