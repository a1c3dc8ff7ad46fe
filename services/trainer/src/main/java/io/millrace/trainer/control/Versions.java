package io.millrace.trainer.control;

import io.millrace.learning.state.State;
import java.util.List;
import java.util.Optional;

/** The retained checkpoints. Owned by the training thread. */
public interface Versions {

  /** Returns the weights of a version; empty if it is not retained. */
  Optional<State> weights(long sequence);

  /** Returns all retained versions, oldest first. */
  List<Long> kept();
}
