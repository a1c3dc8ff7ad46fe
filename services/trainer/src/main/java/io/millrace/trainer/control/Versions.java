package io.millrace.trainer.control;

import io.millrace.learning.state.State;
import java.util.List;
import java.util.Optional;

/** The retained checkpoints. Owned by the training thread. */
public interface Versions {

  /** Returns the weights of one; empty where it is not kept. */
  Optional<State> weights(long version);

  /** Returns the versions of all, oldest first. */
  List<Long> kept();
}
