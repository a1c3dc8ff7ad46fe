package io.millrace.trainer.publishing;

import io.millrace.checkpoints.manifest.Champion;
import io.millrace.learning.state.State;

/** What goes with what was learned into a checkpoint. Owned by the training thread. */
public interface CheckpointContributor {

  /** Decides which checkpoint is served once the one of this version is written. */
  Champion decide(long version);

  /** Saves what going on needs besides the learner's state. */
  void save(State state);
}
