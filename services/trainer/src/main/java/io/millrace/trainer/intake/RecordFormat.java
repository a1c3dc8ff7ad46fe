package io.millrace.trainer.intake;

import io.millrace.learning.ModelDefinition;

/** The format of the values on the records topic. */
public enum RecordFormat {
  /** A JSON object a record, the fields by name. */
  JSON {
    @Override
    RecordDecoder decoder(ModelDefinition model) {
      return IndexDecoder.around(new JsonDecoder(model), model);
    }
  },

  /** A {@code millrace.records.v1.LabelledRecord} a record. */
  PROTOBUF {
    @Override
    RecordDecoder decoder(ModelDefinition model) {
      return IndexDecoder.around(new LabelledRecordDecoder(model), model);
    }
  };

  abstract RecordDecoder decoder(ModelDefinition model);
}
