package io.millrace.trainer.decoding;

import io.millrace.proto.records.v1.LabelledRecord;
import io.millrace.settings.Section;
import io.millrace.trainer.decoding.protobuf.ExampleDecoder;
import io.millrace.trainer.decoding.protobuf.LabelledRecords;
import io.millrace.trainer.decoding.protobuf.MessageFrame;
import io.millrace.trainer.decoding.shared.DecoderFactory;
import io.millrace.trainer.decoding.shared.NamedFields;
import java.util.Optional;

/** The format of the values on the records topic. */
public enum RecordFormat {
  /** One JSON object per record, with fields found by name. */
  JSON {
    @Override
    public DecoderFactory read(Section section) {
      return new NamedFields(JsonDecoder::new);
    }
  },

  /** One line of CSV per record, with fields found by position. */
  CSV {
    @Override
    public DecoderFactory read(Section section) {
      return CsvSettings.read(section);
    }
  },

  /** One {@code millrace.records.v1.LabelledRecord} per record. */
  PROTOBUF {
    @Override
    public DecoderFactory read(Section section) {
      Optional<MessageFrame> frame =
          isFramed(section)
              ? Optional.of(MessageFrame.of(LabelledRecord.getDescriptor()))
              : Optional.empty();
      return new LabelledRecords(frame);
    }
  },

  /** One protobuf message per record, of a type from a descriptor set. */
  PROTOBUF_MESSAGE {
    @Override
    public DecoderFactory read(Section section) {
      return SchemaFiles.message(section, isFramed(section));
    }
  },

  /** One datum in Avro's binary encoding per record. */
  AVRO {
    @Override
    public DecoderFactory read(Section section) {
      return SchemaFiles.avro(section, isFramed(section));
    }
  },

  /** One {@code tf.train.Example} per record. */
  TF_EXAMPLE {
    @Override
    public DecoderFactory read(Section section) {
      return new NamedFields(ExampleDecoder::new);
    }
  };

  private enum Framing {
    NONE,
    CONFLUENT
  }

  /** Reads the options of this format. */
  public abstract DecoderFactory read(Section section);

  private static boolean isFramed(Section section) {
    return section
            .choice("framing", Framing.class, "framing before each value; of avro and protobuf")
            .orElse(Framing.NONE)
        == Framing.CONFLUENT;
  }
}
