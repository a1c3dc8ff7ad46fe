package io.millrace.trainer.intake;

import io.millrace.learning.evaluation.RecordContext;
import io.millrace.learning.evaluation.ValidationSettings;
import io.millrace.learning.model.ExampleBatch;
import io.millrace.trainer.decoding.shared.DecoderFactory;
import io.millrace.trainer.decoding.shared.FieldTexts;
import io.millrace.trainer.decoding.shared.RecordDecoder;
import io.millrace.trainer.decoding.shared.Rejected;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decodes a record with another decoder, and also reads its group and its slices. A record without
 * a group is rejected, because it could end up on both sides of the split.
 */
final class ContextDecoder implements RecordDecoder {
  private final RecordDecoder decoder;
  private final FieldTexts reader;
  private final RecordContext context;
  private final @Nullable String group;
  private final @Nullable String[] texts;

  private ContextDecoder(
      RecordDecoder decoder,
      FieldTexts reader,
      RecordContext context,
      @Nullable String group,
      int fields) {
    this.decoder = decoder;
    this.reader = reader;
    this.context = context;
    this.group = group;
    this.texts = new String[fields];
  }

  /** Returns the decoder itself when the settings ask for neither groups nor slices. */
  static RecordDecoder around(
      RecordDecoder decoder,
      DecoderFactory format,
      ValidationSettings settings,
      RecordContext context) {
    List<String> fields = new ArrayList<>(settings.slices());
    settings.groupBy().ifPresent(fields::add);
    if (fields.isEmpty()) {
      return decoder;
    }
    return new ContextDecoder(
        decoder, format.texts(fields), context, settings.groupBy().orElse(null), fields.size());
  }

  @Override
  public @Nullable Rejected decode(byte @Nullable [] value, ExampleBatch rows) {
    Rejected rejected = decoder.decode(value, rows);
    if (rejected != null || value == null) {
      return rejected;
    }
    rejected = reader.read(value, texts);
    if (rejected != null) {
      return rejected;
    }
    int slices = group == null ? texts.length : texts.length - 1;
    for (int i = 0; i < slices; i++) {
      context.setSlice(i, texts[i]);
    }
    return group == null ? null : belongsTo(group, texts[slices]);
  }

  private @Nullable Rejected belongsTo(String field, @Nullable String text) {
    if (text == null) {
      return new Rejected(Rejected.Reason.MISSING_FIELD, field, "nothing");
    }
    context.setGroup(Holdout.hashOf(text));
    return null;
  }
}
