package io.millrace.checkpoints;

import io.millrace.checkpoints.manifest.Summary;
import io.millrace.learning.state.State;
import org.jspecify.annotations.Nullable;

/**
 * One version of a model, as read back from its topic.
 *
 * @param model the model's name
 * @param version its version; grows with every checkpoint and never falls
 * @param definition the model's definition as JSON
 * @param weights all that serving needs
 * @param state what resuming needs in addition; null if it was not stored or not requested
 * @param summary the position of the stream and the quality of the model
 */
public record Checkpoint(
    String model,
    long version,
    String definition,
    State weights,
    @Nullable State state,
    Summary summary) {}
