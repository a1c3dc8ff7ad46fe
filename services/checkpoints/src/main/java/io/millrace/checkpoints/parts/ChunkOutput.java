package io.millrace.checkpoints.parts;

import io.millrace.checkpoints.failures.CheckpointWriteException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Cuts the written bytes into chunks of one size, of which the last may be shorter, and hashes
 * them.
 *
 * <p>Arrays are copied once, in bulk, into the current chunk. All chunks share one buffer, so the
 * receiver must copy what it keeps before it returns, as a Kafka producer does. Confined to one
 * thread.
 */
public final class ChunkOutput extends PartOutput {

  /** Receives one chunk. The bytes are overwritten afterwards. */
  @FunctionalInterface
  public interface Receiver {
    void accept(int index, byte[] chunk);
  }

  /** What was written. The SHA-256 is over all chunks together, in hexadecimal digits. */
  record Written(int chunkCount, long sizeBytes, String sha256) {}

  private final ByteBuffer chunk;
  private final long limitBytes;
  private final Receiver receiver;
  private final MessageDigest digest = Sha256.digest();
  private int chunkCount;
  private long sizeBytes;

  /**
   * @param buffer an array of the size of a chunk
   * @param limitBytes the largest size, since the reader holds a part in one array
   * @param receiver receives the chunks in order
   */
  public ChunkOutput(byte[] buffer, long limitBytes, Receiver receiver) {
    this.chunk = ByteBuffer.wrap(buffer).order(ByteOrder.LITTLE_ENDIAN);
    this.limitBytes = limitBytes;
    this.receiver = receiver;
  }

  @Override
  public void write(int value) {
    makeRoom();
    chunk.put((byte) value);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    for (int done = 0; done < length; ) {
      makeRoom();
      int count = Math.min(length - done, chunk.remaining());
      chunk.put(bytes, offset + done, count);
      done += count;
    }
  }

  @Override
  void write(float[] values) {
    for (int done = 0; done < values.length; ) {
      makeRoom();
      int count = Math.min(values.length - done, chunk.remaining() / Float.BYTES);
      if (count == 0) { // the chunk ends within this value
        writeBytes(Float.floatToRawIntBits(values[done++]), Float.BYTES);
      } else {
        chunk.asFloatBuffer().put(values, done, count);
        chunk.position(chunk.position() + count * Float.BYTES);
        done += count;
      }
    }
  }

  @Override
  void write(double[] values) {
    for (int done = 0; done < values.length; ) {
      makeRoom();
      int count = Math.min(values.length - done, chunk.remaining() / Double.BYTES);
      if (count == 0) {
        writeBytes(Double.doubleToRawLongBits(values[done++]), Double.BYTES);
      } else {
        chunk.asDoubleBuffer().put(values, done, count);
        chunk.position(chunk.position() + count * Double.BYTES);
        done += count;
      }
    }
  }

  @Override
  void write(long[] values) {
    for (int done = 0; done < values.length; ) {
      makeRoom();
      int count = Math.min(values.length - done, chunk.remaining() / Long.BYTES);
      if (count == 0) {
        writeBytes(values[done++], Long.BYTES);
      } else {
        chunk.asLongBuffer().put(values, done, count);
        chunk.position(chunk.position() + count * Long.BYTES);
        done += count;
      }
    }
  }

  /** Passes on the last chunk. Nothing can be written afterwards. */
  public Written finish() {
    if (chunk.position() > 0) {
      handOver();
    }
    return new Written(chunkCount, sizeBytes, HexFormat.of().formatHex(digest.digest()));
  }

  private void writeBytes(long littleEndian, int count) {
    for (int i = 0; i < count; i++) {
      write((int) (littleEndian >>> (8 * i)));
    }
  }

  private void makeRoom() {
    if (!chunk.hasRemaining()) {
      handOver();
    }
  }

  private void handOver() {
    int length = chunk.position();
    sizeBytes += length;
    if (sizeBytes > limitBytes) {
      throw new CheckpointWriteException(
          "a part of the checkpoint is larger than %d bytes".formatted(limitBytes), null);
    }
    digest.update(chunk.array(), 0, length);
    boolean full = length == chunk.capacity();
    receiver.accept(chunkCount, full ? chunk.array() : Arrays.copyOf(chunk.array(), length));
    chunkCount++;
    chunk.clear();
  }
}
