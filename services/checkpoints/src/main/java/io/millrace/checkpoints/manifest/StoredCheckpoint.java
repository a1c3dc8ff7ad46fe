package io.millrace.checkpoints.manifest;

import org.jspecify.annotations.Nullable;

/**
 * One checkpoint as listed in the manifest, not yet read.
 *
 * @param version the version
 * @param weights all that serving needs
 * @param state what resuming needs in addition; null for a checkpoint that is only served
 * @param summary the position of the stream and the quality of the model
 */
public record StoredCheckpoint(
    long version, StoredPart weights, @Nullable StoredPart state, Summary summary) {

  boolean occupies(int slot) {
    return weights.slot() == slot || (state != null && state.slot() == slot);
  }
}
