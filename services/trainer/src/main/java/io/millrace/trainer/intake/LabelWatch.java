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
 * A decoder that inspects the numeric labels of the first {@value #RECORDS} records. It logs one
 * warning for an output whose labels are the same in single precision, since nothing can be learned
 * from them. Confined to one thread.
 */
public final class LabelWatch implements RecordDecoder {
  private static final Logger LOGGER = LoggerFactory.getLogger(LabelWatch.class);

  /** Enough labels to rule out that they are the same by chance. */
  private static final int RECORDS = 1000;

  private final RecordDecoder decoder;
  private final List<LabelSummary> labels;
  private int seen;

  private LabelWatch(RecordDecoder decoder, List<LabelSummary> labels) {
    this.decoder = decoder;
    this.labels = labels;
  }

  /**
   * Returns a decoder that also watches the labels, or the given decoder if no output is numeric.
   */
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
