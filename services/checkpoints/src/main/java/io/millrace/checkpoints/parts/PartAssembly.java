package io.millrace.checkpoints.parts;

import io.millrace.checkpoints.failures.CheckpointFormatException;
import io.millrace.checkpoints.manifest.StoredPart;
import java.util.Arrays;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Assembles one part from the chunks on the topic.
 *
 * <p>The chunks are in order but not contiguous: chunks of other parts and models may lie between
 * them, and remains of other versions in the same slot. A chunk is taken if its key and its version
 * are the expected ones. Confined to one thread.
 */
public final class PartAssembly {
  /** Memory grows as chunks arrive, so that a manifest's claim alone allocates none. */
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
   * Adds a record if it is the next chunk.
   *
   * @throws CheckpointFormatException if the chunks are larger than the manifest says
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
   * Returns the content of the complete part.
   *
   * @throws CheckpointFormatException if it differs from what was written
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
