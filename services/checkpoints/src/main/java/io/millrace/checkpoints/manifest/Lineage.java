package io.millrace.checkpoints.manifest;

import java.util.UUID;

/**
 * What the versions of a manifest belong to, and whose they are.
 *
 * @param line names the line of versions: versions of two lines do not compare; empty in manifests
 *     of before there were lines
 * @param term raised by one whenever a trainer takes the model over; 0 in such manifests
 * @param chunksTopicId Kafka's id of the topic that the chunks lie on; empty where it is unknown
 */
public record Lineage(String line, long term, String chunksTopicId) {
  public static final Lineage NONE = new Lineage("", 0, "");

  public static Lineage begun(String chunksTopicId) {
    return new Lineage(UUID.randomUUID().toString(), 1, chunksTopicId);
  }

  /** Returns this line under the next trainer. */
  public Lineage next(String topicId) {
    return new Lineage(line, term + 1, topicId);
  }

  /** Returns whether a manifest of this lineage was written by somebody who came after us. */
  public boolean follows(Lineage ours) {
    return !line.equals(ours.line) || term > ours.term;
  }

  /** Returns whether the chunks lie on another topic than the one that has this id now. */
  public boolean isOfAnotherTopic(String topicId) {
    return !chunksTopicId.isEmpty() && !topicId.isEmpty() && !chunksTopicId.equals(topicId);
  }
}
