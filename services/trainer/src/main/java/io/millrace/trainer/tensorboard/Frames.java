package io.millrace.trainer.tensorboard;

import io.millrace.proto.tensorboard.v1.Event;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * TFRecord, the framing of event files: a length of 8 bytes, its checksum of 4, the record, and its
 * checksum; little-endian. A checksum is a CRC-32C that is rotated and shifted, so that checksums
 * of data that holds checksums stay good.
 *
 * <p>TensorFlow, tensorflow/core/lib/io/record_writer.h and tsl/lib/hash/crc32c.h.
 */
final class Frames {
  private static final int HEADER = Long.BYTES + Integer.BYTES;
  private static final int MASK_ROTATION = 15;
  private static final int MASK_DELTA = 0xa282ead8;

  private Frames() {}

  /** Appends an event. */
  static void append(ByteArrayOutputStream target, Event event) {
    byte[] record = event.toByteArray();
    ByteBuffer frame =
        ByteBuffer.allocate(HEADER + record.length + Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    frame.putLong(record.length);
    frame.putInt(checksum(frame.array(), 0, Long.BYTES));
    frame.put(record);
    frame.putInt(checksum(record, 0, record.length));
    target.write(frame.array(), 0, frame.capacity());
  }

  /**
   * Returns the last event of a file that a reader finds: it stops at a record that is torn or
   * damaged.
   */
  static Optional<Event> last(Path file) throws IOException {
    Event last = null;
    try (InputStream source = new BufferedInputStream(Files.newInputStream(file))) {
      for (byte[] record = next(source); record.length > 0; record = next(source)) {
        last = Event.parseFrom(record);
      }
    }
    return Optional.ofNullable(last);
  }

  /** Returns the next record; empty at the end of what can be read. */
  private static byte[] next(InputStream source) throws IOException {
    byte[] none = new byte[0];
    byte[] header = source.readNBytes(HEADER);
    if (header.length < HEADER) {
      return none;
    }
    ByteBuffer fields = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
    long length = fields.getLong();
    if (fields.getInt() != checksum(header, 0, Long.BYTES) || length > Integer.MAX_VALUE) {
      return none;
    }
    byte[] record = source.readNBytes((int) length);
    byte[] sum = source.readNBytes(Integer.BYTES);
    boolean whole =
        record.length == length
            && sum.length == Integer.BYTES
            && ByteBuffer.wrap(sum).order(ByteOrder.LITTLE_ENDIAN).getInt()
                == checksum(record, 0, record.length);
    return whole ? record : none;
  }

  private static int checksum(byte[] bytes, int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, length);
    return Integer.rotateRight((int) crc.getValue(), MASK_ROTATION) + MASK_DELTA;
  }
}
