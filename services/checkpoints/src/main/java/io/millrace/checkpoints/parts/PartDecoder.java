package io.millrace.checkpoints.parts;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import io.millrace.checkpoints.failures.CheckpointFormatException;
import io.millrace.learning.state.State;
import io.millrace.proto.checkpoints.v1.CheckpointMessages.Entry;
import io.millrace.proto.checkpoints.v1.CheckpointMessages.Part;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Decodes a part. The generated class works on the received bytes, so every array is copied only
 * once, into its entry.
 */
public final class PartDecoder {
  private final String name;

  /**
   * @param name the name of the part in messages
   */
  public PartDecoder(String name) {
    this.name = name;
  }

  /**
   * @param bytes the bytes of the part, which must not change afterwards
   * @throws CheckpointFormatException if they are not a part, or are of a newer version
   */
  public PartContent decode(byte[] bytes) {
    Part part = parse(bytes);
    if (part.getFormatVersion() != PartContent.FORMAT_VERSION) {
      throw refusal(
          "has format version %d; this Millrace reads version %d"
              .formatted(part.getFormatVersion(), PartContent.FORMAT_VERSION),
          null);
    }
    Map<String, Object> entries = new TreeMap<>();
    for (Entry entry : part.getEntriesList()) {
      if (entries.put(entry.getName(), value(entry)) != null) {
        throw refusal("has two entries " + entry.getName(), null);
      }
    }
    return new PartContent(part.getDefinition(), State.of(entries));
  }

  private Part parse(byte[] bytes) {
    try {
      CodedInputStream input = UnsafeByteOperations.unsafeWrap(bytes).newCodedInput();
      input.enableAliasing(true);
      return Part.parseFrom(input);
    } catch (InvalidProtocolBufferException e) {
      throw refusal("is cut short or altered: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // nothing here reads from a device
    }
  }

  private Object value(Entry entry) {
    return switch (entry.getValueCase()) {
      case FLOATS -> floats(block(entry, entry.getFloats(), Float.BYTES));
      case DOUBLES -> doubles(block(entry, entry.getDoubles(), Double.BYTES));
      case LONGS -> longs(block(entry, entry.getLongs(), Long.BYTES));
      case DECIMAL -> entry.getDecimal();
      case INTEGER -> entry.getInteger();
      case FLAG -> entry.getFlag();
      case TEXT -> entry.getText();
      case VALUE_NOT_SET ->
          throw refusal("has an entry of no known type: " + entry.getName(), null);
    };
  }

  private ByteBuffer block(Entry entry, ByteString bytes, int valueBytes) {
    if (bytes.size() % valueBytes != 0) {
      throw refusal(
          "has %d bytes in its entry %s, which is no multiple of %d"
              .formatted(bytes.size(), entry.getName(), valueBytes),
          null);
    }
    return bytes.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  private static float[] floats(ByteBuffer block) {
    float[] values = new float[block.remaining() / Float.BYTES];
    block.asFloatBuffer().get(values);
    return values;
  }

  private static double[] doubles(ByteBuffer block) {
    double[] values = new double[block.remaining() / Double.BYTES];
    block.asDoubleBuffer().get(values);
    return values;
  }

  private static long[] longs(ByteBuffer block) {
    long[] values = new long[block.remaining() / Long.BYTES];
    block.asLongBuffer().get(values);
    return values;
  }

  private CheckpointFormatException refusal(String what, @Nullable Throwable cause) {
    return new CheckpointFormatException(name + " " + what, cause);
  }
}
