package io.millrace.trainer.intake;

import io.millrace.learning.model.ExampleBatch;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.trainer.decoding.shared.RecordDecoder;
import io.millrace.trainer.decoding.shared.Rejected;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A decoder that looks at the first labels that are numbers, and tells the log once where single
 * precision leaves nothing to learn of them. Confined to one thread.
 */
public final class LabelWatch implements RecordDecoder {
  private static final Logger LOGGER = LoggerFactory.getLogger(LabelWatch.class);

  /** So many labels that are the same in single precision are so for a reason. */
  private static final int RECORDS = 1000;

  private final RecordDecoder decoder;
  private final List<LabelSummary> labels;
  private int seen;

  private LabelWatch(RecordDecoder decoder, List<LabelSummary> labels) {
    this.decoder = decoder;
    this.labels = labels;
  }

  /** Returns a decoder that does the same and watches, where there are such labels. */
  public static RecordDecoder over(RecordDecoder decoder, ModelDefinition model) {
    List<LabelSummary> labels = LabelSummary.of(model);
    return labels.isEmpty() ? decoder : new LabelWatch(decoder, labels);
  }

  @Override
  public @Nullable Rejected decode(byte @Nullable [] value, ExampleBatch rows) {
    Rejected rejected = decoder.decode(value, rows);
    if (rejected == null && seen < RECORDS) {
      see(rows);
    }
    return rejected;
  }

  private void see(ExampleBatch rows) {
    labels.forEach(label -> label.add(rows));
    if (++seen == RECORDS) {
      labels.stream()
          .filter(LabelSummary::isIndistinct)
          .forEach(label -> LOGGER.warn("Of {} records, {}", RECORDS, label.problem()));
    }
  }
}
