package io.millrace.checkpoints.manifest;

import org.jspecify.annotations.Nullable;

/**
 * One checkpoint in the manifest, not yet read.
 *
 * @param version the model's version
 * @param weights all that serving needs
 * @param state what resuming needs besides; null in a checkpoint that only serves
 * @param summary where the stream stood and how good the model was
 */
public record StoredCheckpoint(
    long version, StoredPart weights, @Nullable StoredPart state, Summary summary) {

  boolean occupies(int slot) {
    return weights.slot() == slot || (state != null && state.slot() == slot);
  }
}
