package io.millrace.tuning.data;

import io.millrace.learning.model.ExampleBatch;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * The records of a stretch of a topic, or of a file, decoded once: raw rows before preprocessing,
 * targets, weights, times and holdout hashes.
 *
 * <p>Rows are numbered from 0, in the order of the only partition. Records of several partitions
 * are in the order of their times, then of partitions and offsets. Never changes once it is made,
 * so any thread may read it.
 */
public final class DecodedRecords {
  static final int CHUNK = 1024;

  private final int[] inputWidths;
  private final int[] targetWidths;
  private final List<ExampleBatch> chunks;
  private final int[] places;
  private final long[] times;
  private final long[] hashes;
  private final List<RejectedRecords> rejected;

  /**
   * @param chunks rows in the order of reading, {@value #CHUNK} in each
   * @param places by row, its place in the order of reading
   * @param times by place, in milliseconds since the epoch
   * @param hashes by place
   */
  DecodedRecords(
      List<ExampleBatch> chunks,
      int[] places,
      long[] times,
      long[] hashes,
      List<RejectedRecords> rejected) {
    this.inputWidths = chunks.get(0).inputWidths();
    this.targetWidths = chunks.get(0).targetWidths();
    this.chunks = List.copyOf(chunks);
    this.places = places;
    this.times = times;
    this.hashes = hashes;
    this.rejected = List.copyOf(rejected);
  }

  /** Returns how many records were decoded. */
  public int size() {
    return places.length;
  }

  /** Copies a row over row {@code to} of a batch of the same widths. */
  public void copyRow(int row, ExampleBatch target, int to) {
    int place = places[row];
    target.copyRow(chunks.get(place / CHUNK), place % CHUNK, to);
  }

  /** Returns a record's time in milliseconds since the epoch. */
  public long timeMillis(int row) {
    return times[places[row]];
  }

  /** Returns the 64-bit hash that decides whether the record is held out. */
  public long hash(int row) {
    return hashes[places[row]];
  }

  /** Returns the SHA-256 of all rows, in their order, in hexadecimal digits. */
  public String sha256() {
    MessageDigest digest = sha();
    ExampleBatch one = new ExampleBatch(1, inputWidths, targetWidths);
    for (int row = 0; row < size(); row++) {
      copyRow(row, one, 0);
      for (float[] values : one.inputs()) {
        digest.update(bytes(values));
      }
      for (float[] values : one.targets()) {
        digest.update(bytes(values));
      }
      digest.update(bytes(one.weights()));
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Returns the width of each input, in cells. */
  public int[] inputWidths() {
    return inputWidths.clone();
  }

  /** Returns how many numbers of each output's label the records hold. */
  public int[] targetWidths() {
    return targetWidths.clone();
  }

  /** Returns the records that could not be decoded, by problem, the most frequent first. */
  public List<RejectedRecords> rejected() {
    return rejected;
  }

  /** Returns how many records could not be decoded. */
  public long rejections() {
    return rejected.stream().mapToLong(RejectedRecords::records).sum();
  }

  private static byte[] bytes(float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES);
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }

  private static MessageDigest sha() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
