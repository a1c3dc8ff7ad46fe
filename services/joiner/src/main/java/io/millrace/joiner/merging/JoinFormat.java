package io.millrace.joiner.merging;

import com.google.protobuf.InvalidProtocolBufferException;
import io.millrace.proto.records.v1.LabelledRecord;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The format of the values of features, of labels, and of what they make together. */
public enum JoinFormat {
  /** A JSON object each; the two objects' fields in one, the label's where both have a field. */
  JSON {
    @Override
    public boolean reads(byte[] value) {
      return JsonFields.of(value) != null;
    }

    @Override
    public byte[] merge(byte[] features, byte[] label) {
      return required(JsonFields.of(features)).with(required(JsonFields.of(label)));
    }
  },

  /**
   * A {@code millrace.records.v1.LabelledRecord} each. Two messages one after the other are their
   * merge: lists go on, and of other fields the label's hold where it has them (Protocol Buffers,
   * Encoding, "Last One Wins").
   */
  PROTOBUF {
    @Override
    public boolean reads(byte[] value) {
      try {
        LabelledRecord.parseFrom(value);
        return true;
      } catch (InvalidProtocolBufferException e) {
        return false;
      }
    }

    @Override
    public byte[] merge(byte[] features, byte[] label) {
      byte[] merged = Arrays.copyOf(features, features.length + label.length);
      System.arraycopy(label, 0, merged, features.length, label.length);
      return merged;
    }
  };

  /** The names of the formats in the settings. */
  public static final List<String> NAMES = List.of("json", "protobuf");

  /** Returns whether a value is of this format, so that it can be merged. */
  public abstract boolean reads(byte[] value);

  /**
   * Returns one value of two that {@linkplain #reads are of this format}, no longer than both and
   * two bytes.
   */
  public abstract byte[] merge(byte[] features, byte[] label);

  private static JsonFields required(@Nullable JsonFields fields) {
    if (fields == null) {
      throw new IllegalArgumentException("no JSON object");
    }
    return fields;
  }
}
