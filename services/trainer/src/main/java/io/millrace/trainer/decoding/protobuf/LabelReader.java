package io.millrace.trainer.decoding.protobuf;

import io.millrace.learning.features.TermName;
import io.millrace.learning.model.ExampleBatch;
import io.millrace.learning.model.OutputSettings;
import io.millrace.trainer.decoding.shared.Place;
import io.millrace.trainer.decoding.shared.Rejected;
import io.millrace.trainer.decoding.shared.Rejected.Reason;
import io.millrace.trainer.decoding.shared.Utf8Names;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the {@code Label} message of one output into its target. */
final class LabelReader {
  private static final int CLASS_NAME = WireReader.tag(2, WireReader.LENGTH_DELIMITED);
  private static final int CLASS_INDEX = WireReader.tag(3, WireReader.VARINT);
  private static final int NUMBERS = WireReader.tag(4, WireReader.LENGTH_DELIMITED);
  private static final int VALUES = 1;

  private final String name;
  private final Utf8Names classes;
  private final List<String> names;
  private final Place place;
  private final WireReader wire;
  private boolean filled;

  LabelReader(OutputSettings output, Place place, WireReader wire) {
    this.name = output.name();
    List<String> written = output.isClassification() ? output.classes() : List.of();
    this.classes = new Utf8Names(written);
    this.names = written.stream().map(TermName::of).toList();
    this.place = place;
    this.wire = wire;
  }

  String name() {
    return name;
  }

  /** Returns whether the message that was read last holds a label. */
  boolean isFilled() {
    return filled;
  }

  /** Reads the current message to its end. */
  @Nullable Rejected read(ExampleBatch rows) {
    filled = false;
    Rejected rejected = null;
    for (int tag = wire.nextTag(); tag != 0 && rejected == null; tag = wire.nextTag()) {
      rejected = field(tag, rows);
    }
    return rejected;
  }

  private @Nullable Rejected field(int tag, ExampleBatch rows) {
    if (tag == CLASS_NAME) {
      int end = wire.fieldEnd();
      int found = classes.find(wire.bytes(), wire.position(), end);
      if (found < 0) {
        found = names.indexOf(TermName.of(wire.text(end)));
      } else {
        wire.skipTo(end);
      }
      return label(found, "class name", rows);
    }
    if (tag == CLASS_INDEX) {
      int found = (int) wire.varint();
      boolean known = Integer.compareUnsigned(found, classes.size()) < 0;
      return label(known ? found : -1, "class index", rows);
    }
    if (tag == NUMBERS) {
      return numbers(rows);
    }
    wire.skip(tag);
    return null;
  }

  private @Nullable Rejected label(int found, String kind, ExampleBatch rows) {
    filled = true;
    if (classes.size() == 0) {
      return new Rejected(Reason.NOT_A_NUMBER, name, kind);
    }
    if (found < 0) {
      return new Rejected(Reason.LABEL_RANGE, name, kind + " that is none of " + classes.size());
    }
    place.writeClass(rows, found);
    return null;
  }

  private @Nullable Rejected numbers(ExampleBatch rows) {
    filled = true;
    int outerEnd = wire.enter();
    Rejected rejected =
        classes.size() > 0 ? new Rejected(Reason.LABEL_RANGE, name, "numbers") : values(rows);
    wire.leave(outerEnd);
    return rejected;
  }

  private @Nullable Rejected values(ExampleBatch rows) {
    int width = place.width();
    float[] target = rows.target(place.index());
    return FloatsReader.read(wire, VALUES, target, rows.size() * width, width, name);
  }
}
