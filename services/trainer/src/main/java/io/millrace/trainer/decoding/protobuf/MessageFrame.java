package io.millrace.trainer.decoding.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import io.millrace.trainer.decoding.shared.ConfluentFrame;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The frame of Confluent's protobuf serializer: the common frame, then the path to the message's
 * type in its file, as a list of indexes that begins with their count. The list of the single index
 * 0 is one zero byte. All numbers of the path are zigzag varints.
 */
public final class MessageFrame {
  private final int[] indexes;

  private MessageFrame(int[] indexes) {
    this.indexes = indexes;
  }

  public static MessageFrame of(Descriptor type) {
    Deque<Integer> path = new ArrayDeque<>();
    for (@Nullable Descriptor each = type; each != null; each = each.getContainingType()) {
      path.addFirst(each.getIndex());
    }
    return new MessageFrame(path.stream().mapToInt(Integer::intValue).toArray());
  }

  /**
   * Returns the index where the message begins, or -1 if the bytes do not begin with this frame.
   */
  int end(byte[] value, WireReader wire) {
    if (ConfluentFrame.schemaId(value) < 0) {
      return -1;
    }
    wire.reset(value, ConfluentFrame.BYTES);
    boolean same = isSame(wire);
    return same && !wire.isMalformed() ? wire.position() : -1;
  }

  private boolean isSame(WireReader wire) {
    if (!wire.hasMore()) {
      return false;
    }
    long count = zigzag(wire);
    if (count == 0) {
      return indexes.length == 1 && indexes[0] == 0;
    }
    boolean same = count == indexes.length;
    for (int i = 0; i < indexes.length && same; i++) {
      same = zigzag(wire) == indexes[i];
    }
    return same;
  }

  private static long zigzag(WireReader wire) {
    long value = wire.varint();
    return (value >>> 1) ^ -(value & 1);
  }
}
