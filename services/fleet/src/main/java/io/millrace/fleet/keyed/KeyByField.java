package io.millrace.fleet.keyed;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.learning.model.ExampleBatch;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.trainer.decoding.shared.FieldTexts;
import io.millrace.trainer.decoding.shared.RecordDecoder;
import io.millrace.trainer.intake.RecordSettings;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Gives each record the text of a field as its key. A record that cannot be read gets an empty one,
 * and is rejected behind the topic between, which takes no records without a key.
 */
final class KeyByField implements Processor<byte[], byte[], byte[], byte[]> {
  private static final byte[] NONE = {};

  private final RecordSettings records;
  private final RecordDecoder decoder;
  private final FieldTexts reader;
  private final ExampleBatch row;
  private final @Nullable String[] text = new String[1];
  private @Nullable ProcessorContext<byte[], byte[]> context;

  KeyByField(RecordSettings records, ModelDefinition model, String field) {
    this.records = records;
    decoder = records.decoder(model);
    reader = records.decoders().texts(List.of(field));
    row = new ExampleBatch(1, model.inputWidths(), model.targetWidths());
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> newContext) {
    context = newContext;
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    ProcessorContext<byte[], byte[]> current = Objects.requireNonNull(context);
    Source source = Source.of(records.topic(), current.recordMetadata().orElseThrow(), record);
    current.forward(source.keyedBy(key(record.value())));
  }

  private byte[] key(byte @Nullable [] value) {
    boolean read =
        value != null && decoder.decode(value, row) == null && reader.read(value, text) == null;
    String found = read ? text[0] : null;
    return found == null ? NONE : found.getBytes(UTF_8);
  }
}
