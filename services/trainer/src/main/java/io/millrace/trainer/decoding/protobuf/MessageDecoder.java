package io.millrace.trainer.decoding.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import io.millrace.learning.model.ExampleBatch;
import io.millrace.trainer.decoding.shared.Columns;
import io.millrace.trainer.decoding.shared.FieldTree;
import io.millrace.trainer.decoding.shared.RecordDecoder;
import io.millrace.trainer.decoding.shared.Rejected;
import org.jspecify.annotations.Nullable;

/**
 * Reads records that are one protobuf message each, of any type, directly from the wire format. The
 * plan is made from the type's descriptor.
 *
 * <p>Fields are found by name, or by a dotted path in nested messages. An absent field without
 * presence has its protobuf default: zero, false, an empty text, or the first name of an enum. An
 * absent field with presence is missing.
 */
public final class MessageDecoder implements RecordDecoder {
  private static final Rejected MALFORMED = Rejected.undecodable("malformed protobuf");

  private final WireReader wire = new WireReader();
  private final Columns columns;
  private final MessagePlan plan;
  private final @Nullable MessageFrame frame;

  /**
   * @param framed whether Confluent's frame precedes each message
   */
  public MessageDecoder(Columns columns, Descriptor type, boolean framed) {
    this.columns = columns;
    plan = new MessagePlan(type, FieldTree.of(columns));
    frame = framed ? MessageFrame.of(type) : null;
  }

  @Override
  public @Nullable Rejected decode(byte @Nullable [] value, ExampleBatch rows) {
    if (value == null) {
      return MALFORMED;
    }
    int from = 0;
    if (frame != null) {
      from = frame.end(value, wire);
      if (from < 0) {
        return Rejected.undecodable("no Confluent frame of this message");
      }
    }
    columns.begin();
    plan.begin();
    wire.reset(value, from);
    Rejected rejected = plan.read(wire, rows);
    if (wire.isMalformed()) {
      return MALFORMED;
    }
    rejected = rejected == null ? plan.end(rows) : rejected;
    return rejected == null ? columns.firstMissing(rows) : rejected;
  }
}
