package io.millrace.trainer.decoding;

import io.millrace.learning.model.ExampleBatch;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.trainer.decoding.shared.RecordDecoder;
import io.millrace.trainer.decoding.shared.Rejected;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Wraps a decoder and rejects records with an index for which an embedding has no vector. */
public final class IndexDecoder implements RecordDecoder {
  private final RecordDecoder decoder;
  private final ModelDefinition model;
  private final int[] bounds;

  private IndexDecoder(RecordDecoder decoder, ModelDefinition model, int[] bounds) {
    this.decoder = decoder;
    this.model = model;
    this.bounds = bounds;
  }

  /** Returns the decoder itself if no input holds indices. */
  public static RecordDecoder around(RecordDecoder decoder, ModelDefinition model) {
    int[] bounds = IntStream.range(0, model.inputs().size()).map(model::indexBound).toArray();
    return IntStream.of(bounds).sum() == 0 ? decoder : new IndexDecoder(decoder, model, bounds);
  }

  @Override
  public @Nullable Rejected decode(byte @Nullable [] value, ExampleBatch rows) {
    Rejected rejected = decoder.decode(value, rows);
    for (int i = 0; i < bounds.length && rejected == null; i++) {
      if (bounds[i] > 0 && !areIndices(rows, i)) {
        rejected =
            new Rejected(
                Rejected.Reason.INDEX_RANGE,
                model.inputs().get(i).name(),
                "a number that is no index below " + bounds[i]);
      }
    }
    return rejected;
  }

  private boolean areIndices(ExampleBatch rows, int input) {
    int width = rows.inputWidth(input);
    int start = rows.size() * width;
    for (int i = start; i < start + width; i++) {
      float index = rows.input(input)[i];
      if (index < 0 || index >= bounds[input] || index != Math.rint(index)) {
        return false;
      }
    }
    return true;
  }
}
