package io.millrace.predictor.following;

import io.millrace.learning.model.ExampleBatch;
import io.millrace.learning.model.Model;
import org.jspecify.annotations.Nullable;

/**
 * The weights of one model among many of one definition. They all run on one network, which takes a
 * model's weights when it is that model's turn.
 */
final class KeyedComputation implements Computation {
  private final SharedNetwork shared;
  private final Model model;

  KeyedComputation(SharedNetwork shared, Model model) {
    this.shared = shared;
    this.model = model;
  }

  @Override
  public ExampleBatch rows() {
    return shared.network.rows();
  }

  @Override
  public void run() {
    if (shared.loaded != model) {
      shared.loaded = null;
      shared.network.inference().load(model);
      shared.loaded = model;
    }
    shared.network.run();
  }

  @Override
  public float[] output(int index) {
    return shared.network.output(index);
  }

  /** A network, and whose weights it has now. Owned by the inference thread. */
  static final class SharedNetwork {
    private final NetworkComputation network;
    private @Nullable Model loaded;

    SharedNetwork(NetworkComputation network) {
      this.network = network;
    }
  }
}
