package io.millrace.trainer.decoding.protobuf;

import io.millrace.learning.features.TermName;
import io.millrace.trainer.decoding.shared.FieldTexts;
import io.millrace.trainer.decoding.shared.Rejected;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the {@code id} of a labelled record, and the class names of its labels. */
public final class ProtobufTexts implements FieldTexts {
  static final String ID = "id";
  private static final int ID_TAG = WireReader.tag(3, WireReader.LENGTH_DELIMITED);
  private static final int LABEL_TAG = WireReader.tag(2, WireReader.LENGTH_DELIMITED);
  private static final int NAME_TAG = WireReader.tag(1, WireReader.LENGTH_DELIMITED);
  private static final int CLASS_NAME_TAG = WireReader.tag(2, WireReader.LENGTH_DELIMITED);

  private final WireReader wire = new WireReader();
  private final List<String> fields;

  public ProtobufTexts(List<String> fields) {
    this.fields = List.copyOf(fields);
  }

  @Override
  public @Nullable Rejected read(byte[] value, @Nullable String[] texts) {
    Arrays.fill(texts, null);
    wire.reset(value);
    for (int tag = wire.nextTag(); tag != 0; tag = wire.nextTag()) {
      if (tag == ID_TAG) {
        put(ID, text(), texts);
      } else if (tag == LABEL_TAG) {
        label(texts);
      } else {
        wire.skip(tag);
      }
    }
    return wire.isMalformed() ? LabelledRecordDecoder.MALFORMED : null;
  }

  private void label(@Nullable String[] texts) {
    int outerEnd = wire.enter();
    String name = null;
    String className = null;
    for (int tag = wire.nextTag(); tag != 0; tag = wire.nextTag()) {
      if (tag == NAME_TAG) {
        name = text();
      } else if (tag == CLASS_NAME_TAG) {
        className = text();
      } else {
        wire.skip(tag);
      }
    }
    wire.leave(outerEnd);
    if (name != null && className != null) {
      put(name, className, texts);
    }
  }

  private void put(String field, String text, @Nullable String[] texts) {
    for (int i = 0; i < texts.length; i++) {
      if (fields.get(i).equals(field) && !text.isEmpty()) {
        texts[i] = TermName.of(text);
      }
    }
  }

  private String text() {
    return wire.text(wire.fieldEnd());
  }
}
