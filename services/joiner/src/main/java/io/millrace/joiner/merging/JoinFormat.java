package io.millrace.joiner.merging;

import com.google.protobuf.InvalidProtocolBufferException;
import io.millrace.proto.records.v1.LabelledRecord;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The formats of features, labels and labelled records. */
public enum JoinFormat {
  /**
   * One JSON object each. The merged object has the fields of both; if both have a field, the
   * label's is used.
   */
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
   * One {@code millrace.records.v1.LabelledRecord} each. Two concatenated messages are their merge:
   * lists are concatenated, and the label's value of any other field replaces the features'
   * (Protocol Buffers, Encoding, "Last One Wins").
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

  /** Returns whether a value is in this format, so that it can be merged. */
  public abstract boolean reads(byte[] value);

  /**
   * Merges two values that {@linkplain #reads are in this format}. The result is at most two bytes
   * longer than both together.
   */
  public abstract byte[] merge(byte[] features, byte[] label);

  private static JsonFields required(@Nullable JsonFields fields) {
    if (fields == null) {
      throw new IllegalArgumentException("no JSON object");
    }
    return fields;
  }
}
