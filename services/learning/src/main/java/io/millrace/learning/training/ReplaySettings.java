package io.millrace.learning.training;

import io.millrace.settings.Section;
import java.util.Optional;

/**
 * How trained records are mixed into later mini-batches [1].
 *
 * <p>[1] L.-J. Lin, Self-Improving Reactive Agents Based on Reinforcement Learning, Planning and
 * Teaching, Machine Learning 8, 1992.
 *
 * @param buffer which records are kept
 * @param size how many records are kept
 * @param ratio replayed records for each new one
 */
public record ReplaySettings(Buffer buffer, int size, int ratio) {

  /** Which of the trained records are kept. */
  public enum Buffer {
    /** The newest. */
    SLIDING,

    /** A uniform sample of all (J. S. Vitter, Random Sampling with a Reservoir, 1985). */
    RESERVOIR
  }

  static Optional<ReplaySettings> read(Section training) {
    return training
        .optionalSection("replay")
        .map(
            section ->
                new ReplaySettings(
                    section
                        .choice("buffer", Buffer.class, "which trained records are kept")
                        .orElse(Buffer.SLIDING),
                    section
                        .integer("size", "number of records that are kept")
                        .atLeast(1)
                        .orElse(500),
                    section
                        .integer("ratio", "replayed records for each new one")
                        .atLeast(1)
                        .atMost(16)
                        .orElse(1)));
  }
}
