package io.millrace.checkpoints.parts;

import io.millrace.learning.state.State;

/**
 * The content of a part.
 *
 * @param definition the model's definition as JSON; empty in the state part
 * @param entries named scalars and arrays
 */
public record PartContent(String definition, State entries) {
  static final int FORMAT_VERSION = 1;
}
