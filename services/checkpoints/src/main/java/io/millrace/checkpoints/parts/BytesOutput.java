package io.millrace.checkpoints.parts;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Collects a small part in one array, which grows as needed and is used again. */
final class BytesOutput extends PartOutput {
  private static final int FIRST_BYTES = 1 << 13;

  private ByteBuffer bytes = order(new byte[FIRST_BYTES]);

  @Override
  public void write(int value) {
    room(1).put((byte) value);
  }

  @Override
  public void write(byte[] values, int offset, int length) {
    room(length).put(values, offset, length);
  }

  @Override
  void write(float[] values) {
    ByteBuffer target = room(values.length * Float.BYTES);
    target.asFloatBuffer().put(values);
    target.position(target.position() + values.length * Float.BYTES);
  }

  @Override
  void write(double[] values) {
    ByteBuffer target = room(values.length * Double.BYTES);
    target.asDoubleBuffer().put(values);
    target.position(target.position() + values.length * Double.BYTES);
  }

  @Override
  void write(long[] values) {
    ByteBuffer target = room(values.length * Long.BYTES);
    target.asLongBuffer().put(values);
    target.position(target.position() + values.length * Long.BYTES);
  }

  /** Returns what was written, and begins anew. */
  byte[] take() {
    byte[] written = Arrays.copyOf(bytes.array(), bytes.position());
    bytes.clear();
    return written;
  }

  private ByteBuffer room(int count) {
    if (bytes.remaining() < count) {
      int needed = Math.addExact(bytes.position(), count);
      byte[] larger = Arrays.copyOf(bytes.array(), Math.max(needed, 2 * bytes.capacity()));
      bytes = order(larger).position(bytes.position());
    }
    return bytes;
  }

  private static ByteBuffer order(byte[] array) {
    return ByteBuffer.wrap(array).order(ByteOrder.LITTLE_ENDIAN);
  }
}
