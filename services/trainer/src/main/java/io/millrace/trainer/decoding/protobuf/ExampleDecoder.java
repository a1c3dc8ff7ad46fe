package io.millrace.trainer.decoding.protobuf;

import io.millrace.learning.model.ExampleBatch;
import io.millrace.trainer.decoding.shared.Column;
import io.millrace.trainer.decoding.shared.Columns;
import io.millrace.trainer.decoding.shared.RecordDecoder;
import io.millrace.trainer.decoding.shared.Rejected;
import io.millrace.trainer.decoding.shared.Utf8Names;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads records that are one {@code tf.train.Example} each, directly from the wire format.
 *
 * <p>A feature with one value is read as that value, or as a list of one if a list is needed. A
 * feature without values is missing. Bytes are read as a text where one is needed.
 *
 * <p>Source: tensorflow/core/example, example.proto and feature.proto.
 */
public final class ExampleDecoder implements RecordDecoder {
  private static final int FIRST = WireReader.tag(1, WireReader.LENGTH_DELIMITED);
  private static final int FEATURES = FIRST;
  private static final int ENTRY = FIRST;
  private static final int KEY = FIRST;
  private static final int VALUE = WireReader.tag(2, WireReader.LENGTH_DELIMITED);
  private static final int BYTES_LIST = FIRST;
  private static final int FLOAT_LIST = WireReader.tag(2, WireReader.LENGTH_DELIMITED);
  private static final int INT64_LIST = WireReader.tag(3, WireReader.LENGTH_DELIMITED);
  private static final int NONE = 0;

  private static final Rejected MALFORMED = Rejected.undecodable("malformed protobuf");

  private final WireReader wire = new WireReader();
  private final Columns columns;
  private final Utf8Names names;
  private final Column[] byName;

  public ExampleDecoder(Columns columns) {
    this.columns = columns;
    List<String> fields = List.copyOf(columns.fields());
    names = new Utf8Names(fields);
    byName = fields.stream().map(columns::of).toArray(Column[]::new);
  }

  @Override
  public @Nullable Rejected decode(byte @Nullable [] value, ExampleBatch rows) {
    if (value == null) {
      return MALFORMED;
    }
    columns.begin();
    wire.reset(value);
    Rejected rejected = null;
    for (int tag = wire.nextTag(); tag != 0 && rejected == null; tag = wire.nextTag()) {
      if (tag == FEATURES) {
        rejected = features(rows);
      } else {
        wire.skip(tag);
      }
    }
    if (wire.isMalformed()) {
      return MALFORMED;
    }
    return rejected == null ? columns.firstMissing(rows) : rejected;
  }

  private @Nullable Rejected features(ExampleBatch rows) {
    int outerEnd = wire.enter();
    Rejected rejected = null;
    for (int tag = wire.nextTag(); tag != 0 && rejected == null; tag = wire.nextTag()) {
      if (tag == ENTRY) {
        rejected = entry(rows);
      } else {
        wire.skip(tag);
      }
    }
    wire.leave(outerEnd);
    return rejected;
  }

  /** Reads a key and its feature, in either order. */
  private @Nullable Rejected entry(ExampleBatch rows) {
    int outerEnd = wire.enter();
    int name = -1;
    int value = -1;
    for (int tag = wire.nextTag(); tag != 0; tag = wire.nextTag()) {
      if (tag == KEY) {
        int end = wire.fieldEnd();
        name = names.find(wire.bytes(), wire.position(), end);
        wire.skipTo(end);
      } else {
        value = tag == VALUE ? wire.position() : value;
        wire.skip(tag);
      }
    }
    Rejected rejected = null;
    if (name >= 0 && value >= 0) {
      wire.rewind(value);
      rejected = feature(byName[name], rows);
    }
    wire.leave(outerEnd);
    return rejected;
  }

  private @Nullable Rejected feature(Column column, ExampleBatch rows) {
    int outerEnd = wire.enter();
    Rejected rejected = null;
    for (int tag = wire.nextTag(); tag != 0 && rejected == null; tag = wire.nextTag()) {
      if (tag == BYTES_LIST || tag == FLOAT_LIST || tag == INT64_LIST) {
        rejected = list(tag, column, rows);
      } else {
        wire.skip(tag);
      }
    }
    wire.leave(outerEnd);
    return rejected;
  }

  private @Nullable Rejected list(int kind, Column column, ExampleBatch rows) {
    int start = wire.position();
    int count = walk(kind, column, null, false);
    if (wire.isMalformed() || count == NONE) {
      return null;
    }
    wire.rewind(start);
    boolean isList = count > 1 || column.takesList();
    Rejected rejected = isList ? column.beginList() : null;
    if (rejected == null) {
      this.rejected = null;
      walk(kind, column, rows, isList);
      rejected = this.rejected;
    }
    return rejected == null && isList ? column.endList(rows) : rejected;
  }

  private @Nullable Rejected rejected;

  /**
   * Walks over the values and returns their number. Passes them to the column if {@code rows} is
   * not null.
   */
  private int walk(int kind, Column column, @Nullable ExampleBatch rows, boolean isList) {
    int outerEnd = wire.enter();
    int count = 0;
    for (int tag = wire.nextTag(); tag != 0; tag = wire.nextTag()) {
      if (tag >>> 3 != 1) {
        wire.skip(tag);
      } else if (kind == BYTES_LIST && tag == FIRST) {
        count += octets(column, rows, isList);
      } else if (kind == FLOAT_LIST && (tag == FIRST || (tag & 7) == WireReader.FIXED32)) {
        count += floats(tag, column, rows, isList);
      } else if (kind == INT64_LIST && (tag == FIRST || (tag & 7) == WireReader.VARINT)) {
        count += integers(tag, column, rows, isList);
      } else {
        wire.skip(tag);
      }
    }
    wire.leave(outerEnd);
    return count;
  }

  private int octets(Column column, @Nullable ExampleBatch rows, boolean isList) {
    int end = wire.fieldEnd();
    if (rows != null && rejected == null && !wire.isMalformed()) {
      rejected =
          isList
              ? column.octetsItem(wire.bytes(), wire.position(), end, rows)
              : column.octets(wire.bytes(), wire.position(), end, rows);
    }
    wire.skipTo(end);
    return 1;
  }

  private int floats(int tag, Column column, @Nullable ExampleBatch rows, boolean isList) {
    int count = wire.floats(tag);
    if (rows == null) {
      wire.skipFloats(count);
      return count;
    }
    for (int i = 0; i < count; i++) {
      float value = Float.intBitsToFloat(wire.fixed32());
      if (rejected == null) {
        rejected = isList ? column.singleItem(value, rows) : column.single(value, rows);
      }
    }
    return count;
  }

  private int integers(int tag, Column column, @Nullable ExampleBatch rows, boolean isList) {
    if (tag != FIRST) {
      integer(column, rows, isList);
      return 1;
    }
    int outerEnd = wire.enter();
    int count = 0;
    for (; wire.hasMore(); count++) {
      integer(column, rows, isList);
    }
    wire.leave(outerEnd);
    return count;
  }

  private void integer(Column column, @Nullable ExampleBatch rows, boolean isList) {
    long value = wire.varint();
    if (rows != null && rejected == null && !wire.isMalformed()) {
      rejected = isList ? column.integerItem(value, rows) : column.integer(value, rows);
    }
  }
}
