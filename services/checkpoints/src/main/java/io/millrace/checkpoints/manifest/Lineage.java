package io.millrace.checkpoints.manifest;

import java.util.UUID;

/**
 * The line that a manifest's versions belong to, and the writer's term.
 *
 * @param line the name of the line of versions; versions of two lines cannot be compared; empty in
 *     manifests that are older than lines
 * @param term raised by one whenever a trainer takes over the model; 0 in such manifests
 * @param chunksTopicId Kafka's id of the chunks topic; empty if it is unknown
 */
public record Lineage(String line, long term, String chunksTopicId) {
  public static final Lineage NONE = new Lineage("", 0, "");

  public static Lineage begun(String chunksTopicId) {
    return new Lineage(UUID.randomUUID().toString(), 1, chunksTopicId);
  }

  /** Returns this line with the next term. */
  public Lineage next(String topicId) {
    return new Lineage(line, term + 1, topicId);
  }

  /** Returns whether a later writer wrote a manifest of this lineage. */
  public boolean follows(Lineage ours) {
    return !line.equals(ours.line) || term > ours.term;
  }

  /** Returns whether the chunks are on another topic than the one that has this id now. */
  public boolean isOfAnotherTopic(String topicId) {
    return !chunksTopicId.isEmpty() && !topicId.isEmpty() && !chunksTopicId.equals(topicId);
  }
}
