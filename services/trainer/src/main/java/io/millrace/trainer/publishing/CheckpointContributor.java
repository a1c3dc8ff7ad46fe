package io.millrace.trainer.publishing;

import io.millrace.checkpoints.manifest.Champion;
import io.millrace.learning.state.State;

/** Contributes to a checkpoint, besides the learner. Owned by the training thread. */
public interface CheckpointContributor {

  /** Decides which checkpoint is served once the one of this version is written. */
  Champion decide(long version);

  /** Saves the state that resuming needs besides the learner's. */
  void save(State state);
}
