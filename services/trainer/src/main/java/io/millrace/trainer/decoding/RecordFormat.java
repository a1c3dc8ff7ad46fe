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
  /** A JSON object a record, the fields by name. */
  JSON {
    @Override
    public DecoderFactory read(Section section) {
      return new NamedFields(JsonDecoder::new);
    }
  },

  /** A line of CSV a record, the fields by their place. */
  CSV {
    @Override
    public DecoderFactory read(Section section) {
      return CsvSettings.read(section);
    }
  },

  /** A {@code millrace.records.v1.LabelledRecord} a record. */
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

  /** A protobuf message a record, of a type that a descriptor set has. */
  PROTOBUF_MESSAGE {
    @Override
    public DecoderFactory read(Section section) {
      return SchemaFiles.message(section, isFramed(section));
    }
  },

  /** A datum in Avro's binary encoding a record. */
  AVRO {
    @Override
    public DecoderFactory read(Section section) {
      return SchemaFiles.avro(section, isFramed(section));
    }
  },

  /** A {@code tf.train.Example} a record. */
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

  /** Reads this format's own options. */
  public abstract DecoderFactory read(Section section);

  private static boolean isFramed(Section section) {
    return section
            .choice("framing", Framing.class, "what stands before a value; of avro and protobuf")
            .orElse(Framing.NONE)
        == Framing.CONFLUENT;
  }
}
