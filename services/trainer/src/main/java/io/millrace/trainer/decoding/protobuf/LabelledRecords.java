package io.millrace.trainer.decoding.protobuf;

import io.millrace.learning.model.ModelDefinition;
import io.millrace.trainer.decoding.shared.DecoderFactory;
import io.millrace.trainer.decoding.shared.FieldTexts;
import io.millrace.trainer.decoding.shared.RecordDecoder;
import java.util.List;
import java.util.Optional;

/**
 * Records that are one {@code millrace.records.v1.LabelledRecord} each. Their fields that can be
 * read as texts are the id and the classes of the labels.
 *
 * @param frame the frame before each message
 */
public record LabelledRecords(Optional<MessageFrame> frame) implements DecoderFactory {

  @Override
  public RecordDecoder decoder(ModelDefinition model) {
    return new LabelledRecordDecoder(model, frame);
  }

  @Override
  public FieldTexts texts(List<String> fields) {
    return new ProtobufTexts(fields);
  }

  @Override
  public boolean mayHave(String field, ModelDefinition model) {
    return field.equals(ProtobufTexts.ID)
        || model.outputs().stream()
            .anyMatch(output -> output.isClassification() && output.name().equals(field));
  }
}
