package io.millrace.checkpoints.parts;

import static com.google.protobuf.WireFormat.WIRETYPE_LENGTH_DELIMITED;

import com.google.protobuf.CodedOutputStream;
import io.millrace.proto.checkpoints.v1.CheckpointMessages.Entry;
import io.millrace.proto.checkpoints.v1.CheckpointMessages.Part;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * Encodes a part as the protobuf message {@code Part}, with the same bytes as the generated class.
 *
 * <p>It is written by hand because arrays make up nearly all of a part. They are copied once,
 * directly into the output, while the generated class makes three copies of the whole part. Equal
 * contents have equal bytes, because entries are ordered by path. Confined to one thread.
 */
public final class PartEncoder {
  private final PartOutput output;

  /** Must be flushed to {@link #output} before an array is written there. */
  private final CodedOutputStream coded;

  /** Makes an encoder of a part that is cut into chunks. */
  public PartEncoder(ChunkOutput output) {
    this((PartOutput) output);
  }

  PartEncoder(PartOutput output) {
    this.output = output;
    coded = CodedOutputStream.newInstance(output);
  }

  public void encode(PartContent content) {
    try {
      coded.writeUInt32(Part.FORMAT_VERSION_FIELD_NUMBER, PartContent.FORMAT_VERSION);
      if (!content.definition().isEmpty()) {
        coded.writeString(Part.DEFINITION_FIELD_NUMBER, content.definition());
      }
      for (Map.Entry<String, Object> entry : content.entries().entries().entrySet()) {
        encode(entry.getKey(), entry.getValue());
      }
      coded.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // nothing here writes to a device
    }
  }

  private void encode(String name, Object value) throws IOException {
    if (value instanceof float[] floats) {
      header(name, Entry.FLOATS_FIELD_NUMBER, Math.multiplyExact(floats.length, Float.BYTES));
      output.write(floats);
    } else if (value instanceof double[] doubles) {
      header(name, Entry.DOUBLES_FIELD_NUMBER, Math.multiplyExact(doubles.length, Double.BYTES));
      output.write(doubles);
    } else if (value instanceof long[] longs) {
      header(name, Entry.LONGS_FIELD_NUMBER, Math.multiplyExact(longs.length, Long.BYTES));
      output.write(longs);
    } else {
      coded.writeMessage(Part.ENTRIES_FIELD_NUMBER, scalar(name, value));
    }
  }

  /** Writes an entry up to the block of its array, which must follow. */
  private void header(String name, int field, int blockBytes) throws IOException {
    int entryBytes =
        CodedOutputStream.computeStringSize(Entry.NAME_FIELD_NUMBER, name)
            + CodedOutputStream.computeTagSize(field)
            + CodedOutputStream.computeUInt32SizeNoTag(blockBytes);
    coded.writeTag(Part.ENTRIES_FIELD_NUMBER, WIRETYPE_LENGTH_DELIMITED);
    coded.writeUInt32NoTag(Math.addExact(entryBytes, blockBytes));
    coded.writeString(Entry.NAME_FIELD_NUMBER, name);
    coded.writeTag(field, WIRETYPE_LENGTH_DELIMITED);
    coded.writeUInt32NoTag(blockBytes);
    coded.flush();
  }

  private static Entry scalar(String name, Object value) {
    Entry.Builder entry = Entry.newBuilder().setName(name);
    if (value instanceof Long integer) {
      entry.setInteger(integer);
    } else if (value instanceof Double decimal) {
      entry.setDecimal(decimal);
    } else if (value instanceof Boolean flag) {
      entry.setFlag(flag);
    } else if (value instanceof String text) {
      entry.setText(text);
    } else {
      throw new IllegalArgumentException(
          "entry %s is of type %s".formatted(name, value.getClass().getName()));
    }
    return entry.build();
  }
}
