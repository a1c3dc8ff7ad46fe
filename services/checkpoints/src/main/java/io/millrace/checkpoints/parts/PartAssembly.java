package io.millrace.checkpoints.parts;

import io.millrace.checkpoints.failures.CheckpointFormatException;
import io.millrace.checkpoints.manifest.StoredPart;
import java.util.Arrays;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The chunks of one part, put together again as they come by on the topic.
 *
 * <p>They lie in order, but not alone: between them may lie other parts and models, and what other
 * versions left in the same slot. A chunk is taken where its key and its version are those that are
 * to come next. Confined to one thread.
 */
public final class PartAssembly {
  /** More memory is taken as chunks come, so that a manifest's mere word takes none. */
  private static final int FIRST_BYTES = 1 << 20;

  private final String model;
  private final PartKind kind;
  private final long version;
  private final StoredPart stored;
  private byte[] content;
  private int sizeBytes;
  private int chunkCount;

  public PartAssembly(String model, PartKind kind, long version, StoredPart stored) {
    this.model = model;
    this.kind = kind;
    this.version = version;
    this.stored = stored;
    content = new byte[(int) Math.min(stored.sizeBytes(), FIRST_BYTES)];
  }

  /**
   * Takes a record where it is the next chunk.
   *
   * @throws CheckpointFormatException where the chunks are larger than the manifest says
   */
  public void offer(ConsumerRecord<byte[], byte[]> record) {
    if (isComplete() || !isNext(record)) {
      return;
    }
    byte[] chunk = record.value();
    if (chunk.length > stored.sizeBytes() - sizeBytes) {
      throw new CheckpointFormatException(this + " is larger than its manifest says", null);
    }
    makeRoom(sizeBytes + chunk.length);
    System.arraycopy(chunk, 0, content, sizeBytes, chunk.length);
    sizeBytes += chunk.length;
    chunkCount++;
  }

  public boolean isComplete() {
    return chunkCount == stored.chunkCount();
  }

  /**
   * Returns what the complete part holds.
   *
   * @throws CheckpointFormatException where it is not what was written
   */
  public PartContent content() {
    content = sizeBytes == content.length ? content : Arrays.copyOf(content, sizeBytes);
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
    return "the %s part of %s version %d".formatted(kind, model, version);
  }

  private void makeRoom(int needed) {
    if (needed > content.length) {
      long doubled = Math.max(needed, 2L * content.length);
      content = Arrays.copyOf(content, (int) Math.min(doubled, stored.sizeBytes()));
    }
  }

  private boolean isNext(ConsumerRecord<byte[], byte[]> record) {
    return record.value() != null
        && ChunkHeaders.has(record.headers(), version)
        && Arrays.equals(record.key(), kind.key(model, stored.slot(), chunkCount));
  }
}
