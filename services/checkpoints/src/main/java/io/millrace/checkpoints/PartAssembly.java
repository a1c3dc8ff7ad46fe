package io.millrace.checkpoints;

import java.util.Arrays;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The chunks of one part, put together again as they come by on the topic.
 *
 * <p>They lie in order, but not alone: between them may lie other parts and models, and what other
 * versions left in the same slot. A chunk is taken where its key and its sequence are those that
 * are to come next. Confined to one thread.
 */
final class PartAssembly {
  private final String model;
  private final PartKind kind;
  private final long sequence;
  private final StoredPart stored;
  private final byte[] content;
  private int sizeBytes;
  private int chunkCount;

  PartAssembly(String model, PartKind kind, long sequence, StoredPart stored) {
    this.model = model;
    this.kind = kind;
    this.sequence = sequence;
    this.stored = stored;
    content = new byte[Math.toIntExact(stored.sizeBytes())];
  }

  /**
   * Takes a record where it is the next chunk.
   *
   * @throws CheckpointFormatException where the chunks are larger than the manifest says
   */
  void offer(ConsumerRecord<byte[], byte[]> record) {
    if (isComplete() || !isNext(record)) {
      return;
    }
    byte[] chunk = record.value();
    if (chunk.length > content.length - sizeBytes) {
      throw new CheckpointFormatException(this + " is larger than its manifest says", null);
    }
    System.arraycopy(chunk, 0, content, sizeBytes, chunk.length);
    sizeBytes += chunk.length;
    chunkCount++;
  }

  boolean isComplete() {
    return chunkCount == stored.chunkCount();
  }

  /**
   * Returns what the complete part holds.
   *
   * @throws CheckpointFormatException where it is not what was written
   */
  PartContent content() {
    String found = Sha256.of(content);
    if (!found.equals(stored.sha256())) {
      throw new CheckpointFormatException(
          "%s was altered: its SHA-256 is %s, its manifest says %s"
              .formatted(this, found, stored.sha256()),
          null);
    }
    return new PartDecoder(toString()).decode(content);
  }

  @Override
  public String toString() {
    return "the %s part of %s version %d".formatted(kind, model, sequence);
  }

  private boolean isNext(ConsumerRecord<byte[], byte[]> record) {
    return record.value() != null
        && ChunkHeaders.has(record.headers(), sequence)
        && Arrays.equals(record.key(), kind.key(model, stored.slot(), chunkCount));
  }
}
