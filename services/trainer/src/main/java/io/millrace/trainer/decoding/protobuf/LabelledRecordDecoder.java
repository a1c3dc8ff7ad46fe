package io.millrace.trainer.decoding.protobuf;

import io.millrace.learning.model.ExampleBatch;
import io.millrace.learning.model.InputSettings;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.learning.model.OutputSettings;
import io.millrace.trainer.decoding.shared.Place;
import io.millrace.trainer.decoding.shared.RecordDecoder;
import io.millrace.trainer.decoding.shared.Rejected;
import io.millrace.trainer.decoding.shared.Rejected.Reason;
import io.millrace.trainer.decoding.shared.Utf8Names;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads records that are one {@code millrace.records.v1.LabelledRecord} each, directly from the
 * wire format. A packed block of floats is copied as it is, and nothing is allocated.
 *
 * <p>Every legal encoding is accepted: fields in any order, unpacked floats, blocks in parts, and
 * fields and inputs that the model does not know. If an input or a label occurs twice, the last one
 * counts.
 *
 * <p>The model must be {@linkplain ModelDefinition#inSinglePrecision in single precision}, as the
 * floats are.
 */
public final class LabelledRecordDecoder implements RecordDecoder {
  private static final int INPUT = WireReader.tag(1, WireReader.LENGTH_DELIMITED);
  private static final int LABEL = WireReader.tag(2, WireReader.LENGTH_DELIMITED);
  private static final int WEIGHT = WireReader.tag(5, WireReader.FIXED32);
  private static final int NAME = WireReader.tag(1, WireReader.LENGTH_DELIMITED);
  private static final int VALUES = 2;

  static final Rejected MALFORMED = Rejected.undecodable("malformed protobuf");

  private final WireReader wire = new WireReader();
  private final List<InputSettings> inputs;
  private final Utf8Names inputNames;
  private final LabelReader[] labels;
  private final Utf8Names labelNames;
  private final @Nullable MessageFrame frame;
  private final boolean[] inputFilled;
  private final boolean[] labelFilled;

  /** Creates a decoder of messages without a frame. */
  public LabelledRecordDecoder(ModelDefinition model) {
    this(model, Optional.empty());
  }

  LabelledRecordDecoder(ModelDefinition model, Optional<MessageFrame> frame) {
    this.frame = frame.orElse(null);
    inputs = model.inputs();
    inputNames = new Utf8Names(inputs.stream().map(InputSettings::name).toList());
    List<OutputSettings> labelled = model.labelledOutputs();
    labels = labelled.stream().map(output -> reader(model, output)).toArray(LabelReader[]::new);
    labelNames = new Utf8Names(labelled.stream().map(OutputSettings::name).toList());
    inputFilled = new boolean[inputs.size()];
    labelFilled = new boolean[labels.length];
  }

  @Override
  public @Nullable Rejected decode(byte @Nullable [] value, ExampleBatch rows) {
    if (value == null) {
      return MALFORMED;
    }
    int from = frame == null ? 0 : frame.end(value, wire);
    if (from < 0) {
      return Rejected.undecodable("no Confluent frame of this message");
    }
    begin(value, from, rows);
    Rejected rejected = null;
    for (int tag = wire.nextTag(); tag != 0 && rejected == null; tag = wire.nextTag()) {
      rejected = field(tag, rows);
    }
    if (wire.isMalformed()) {
      return MALFORMED;
    }
    return rejected == null ? firstMissing() : rejected;
  }

  private LabelReader reader(ModelDefinition model, OutputSettings output) {
    int index = model.outputs().indexOf(output);
    return new LabelReader(output, new Place(true, index, model.targetWidths()[index], 0), wire);
  }

  private void begin(byte[] value, int from, ExampleBatch rows) {
    wire.reset(value, from);
    Arrays.fill(inputFilled, false);
    Arrays.fill(labelFilled, false);
    rows.weights()[rows.size()] = 1;
  }

  private @Nullable Rejected field(int tag, ExampleBatch rows) {
    if (tag == INPUT) {
      return input(rows);
    }
    if (tag == LABEL) {
      return label(rows);
    }
    if (tag == WEIGHT) {
      return weight(rows);
    }
    wire.skip(tag);
    return null;
  }

  private @Nullable Rejected input(ExampleBatch rows) {
    int outerEnd = wire.enter();
    int index = find(inputNames);
    Rejected rejected = index < 0 ? null : values(index, rows);
    wire.leave(outerEnd);
    return rejected;
  }

  private @Nullable Rejected values(int index, ExampleBatch rows) {
    InputSettings input = inputs.get(index);
    inputFilled[index] = true;
    int width = rows.inputWidth(index);
    int start = rows.size() * width;
    return FloatsReader.read(wire, VALUES, rows.input(index), start, width, input.name());
  }

  private @Nullable Rejected label(ExampleBatch rows) {
    int outerEnd = wire.enter();
    int index = find(labelNames);
    Rejected rejected = null;
    if (index >= 0) {
      rejected = labels[index].read(rows);
      labelFilled[index] = labels[index].isFilled();
    }
    wire.leave(outerEnd);
    return rejected;
  }

  /**
   * Finds the name of the current message, wherever it stands, and leaves the cursor before the
   * other fields.
   */
  private int find(Utf8Names names) {
    int start = wire.position();
    int tag = wire.nextTag();
    if (tag == NAME) {
      return name(names); // the usual place, so nothing is read twice
    }
    int index = -1;
    for (; tag != 0; tag = wire.nextTag()) {
      if (tag == NAME) {
        index = name(names);
      } else {
        wire.skip(tag);
      }
    }
    wire.rewind(start);
    return index;
  }

  private int name(Utf8Names names) {
    int end = wire.fieldEnd();
    int index = names.find(wire.bytes(), wire.position(), end);
    wire.skipTo(end);
    return index;
  }

  private @Nullable Rejected weight(ExampleBatch rows) {
    float weight = Float.intBitsToFloat(wire.fixed32());
    if (!Float.isFinite(weight)) {
      return new Rejected(Reason.NON_FINITE, "weight", "number");
    }
    rows.weights()[rows.size()] = weight;
    return weight < 0 ? new Rejected(Reason.NOT_A_NUMBER, "weight", "a number below zero") : null;
  }

  private @Nullable Rejected firstMissing() {
    for (int i = 0; i < inputFilled.length; i++) {
      if (!inputFilled[i]) {
        return new Rejected(Reason.MISSING_FIELD, inputs.get(i).name(), "nothing");
      }
    }
    for (int i = 0; i < labelFilled.length; i++) {
      if (!labelFilled[i]) {
        return new Rejected(Reason.MISSING_FIELD, labels[i].name(), "nothing");
      }
    }
    return null;
  }
}
