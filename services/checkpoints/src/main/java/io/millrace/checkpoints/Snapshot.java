package io.millrace.checkpoints;

import io.millrace.checkpoints.manifest.Summary;
import io.millrace.learning.state.State;
import org.jspecify.annotations.Nullable;

/**
 * What a learner hands over at a step boundary; writing it makes it a {@link Checkpoint}.
 *
 * @param definition the model's definition as JSON
 * @param weights all that serving needs
 * @param state what resuming needs besides; null for a checkpoint that only serves
 * @param summary where the stream stood and how good the model was
 */
public record Snapshot(String definition, State weights, @Nullable State state, Summary summary) {}
