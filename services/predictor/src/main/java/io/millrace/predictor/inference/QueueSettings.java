package io.millrace.predictor.inference;

import io.millrace.settings.Section;

/**
 * How requests wait for the inference thread.
 *
 * @param maxBatch the largest batch in rows, and so the most rows of a request
 * @param capacityRows how many rows may wait before requests are refused
 * @param priorityLevels the number of levels; level 1 is taken first
 * @param defaultPriority the level of requests without a priority
 */
public record QueueSettings(
    int maxBatch, int capacityRows, int priorityLevels, int defaultPriority) {
  private static final int LEVELS = 3;

  /** Reads its options from the section {@code serving}. */
  public static QueueSettings read(Section serving) {
    int levels =
        serving
            .integer(
                "priority_levels",
                "Number of priorities of requests; 1 is the first to be answered.")
            .atLeast(1)
            .atMost(100)
            .orElse(LEVELS);
    return new QueueSettings(
        serving
            .integer("max_batch", "Most rows of an inference batch, and of a request.")
            .atLeast(1)
            .atMost(65_536)
            .orElse(256),
        serving
            .integer("queue_capacity", "Rows that may wait; further requests are refused.")
            .atLeast(1)
            .orElse(4096),
        levels,
        serving
            .integer("default_priority", "The priority of requests that name none.")
            .atLeast(1)
            .check("at most serving.priority_levels", level -> level <= levels)
            .orElse((levels + 1) / 2));
  }

  /**
   * Returns the level for a request's {@code priority}; the default level for 0 or an unknown one.
   */
  int level(long priority) {
    return priority < 1 || priority > priorityLevels ? defaultPriority : (int) priority;
  }
}
