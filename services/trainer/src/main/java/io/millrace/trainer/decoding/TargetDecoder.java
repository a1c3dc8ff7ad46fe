package io.millrace.trainer.decoding;

import io.millrace.learning.model.ExampleBatch;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.learning.model.OutputSettings;
import io.millrace.learning.targets.TargetScaling;
import io.millrace.trainer.decoding.shared.RecordDecoder;
import io.millrace.trainer.decoding.shared.Rejected;
import org.jspecify.annotations.Nullable;

/** Wraps a decoder and rejects records with a label that the scale of its output does not have. */
public final class TargetDecoder implements RecordDecoder {
  private final RecordDecoder decoder;
  private final ModelDefinition model;
  private final TargetScaling[] scalings;

  private TargetDecoder(RecordDecoder decoder, ModelDefinition model) {
    this.decoder = decoder;
    this.model = model;
    scalings =
        model.outputs().stream().map(OutputSettings::targetScaling).toArray(TargetScaling[]::new);
  }

  /** Returns the decoder itself if every scale has all numbers. */
  public static RecordDecoder around(RecordDecoder decoder, ModelDefinition model) {
    boolean anyLimited =
        model.outputs().stream().anyMatch(output -> output.targetScaling() == TargetScaling.LOG);
    return anyLimited ? new TargetDecoder(decoder, model) : decoder;
  }

  @Override
  public @Nullable Rejected decode(byte @Nullable [] value, ExampleBatch rows) {
    Rejected rejected = decoder.decode(value, rows);
    for (int i = 0; i < scalings.length && rejected == null; i++) {
      if (!areTaken(rows, i)) {
        rejected =
            new Rejected(
                Rejected.Reason.TARGET_RANGE,
                model.outputs().get(i).field(),
                "a number that is not above -1");
      }
    }
    return rejected;
  }

  private boolean areTaken(ExampleBatch rows, int output) {
    int width = rows.targetWidth(output);
    int start = rows.size() * width;
    for (int i = start; i < start + width; i++) {
      if (!scalings[output].takes(rows.target(output)[i])) {
        return false;
      }
    }
    return true;
  }
}
