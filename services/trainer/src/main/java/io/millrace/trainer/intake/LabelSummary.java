package io.millrace.trainer.intake;

import io.millrace.learning.features.Precision;
import io.millrace.learning.model.ExampleBatch;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.learning.model.OutputSettings;
import java.util.ArrayList;
import java.util.List;

/**
 * What the labels of one output are where they are numbers, which stand in single precision.
 * Confined to one thread.
 */
public final class LabelSummary {
  private final String field;
  private final int output;
  private final int width;
  private long records;
  private double least = Double.POSITIVE_INFINITY;
  private double most = Double.NEGATIVE_INFINITY;

  private LabelSummary(String field, int output, int width) {
    this.field = field;
    this.output = output;
    this.width = width;
  }

  /** Returns one for each output of numbers. */
  public static List<LabelSummary> of(ModelDefinition model) {
    List<LabelSummary> labels = new ArrayList<>();
    for (int i = 0; i < model.outputs().size(); i++) {
      OutputSettings output = model.outputs().get(i);
      if (output.label() == OutputSettings.Label.NUMBERS) {
        labels.add(new LabelSummary(output.field(), i, model.targetWidths()[i]));
      }
    }
    return List.copyOf(labels);
  }

  /** Takes the row that was written and is not taken yet. */
  public void add(ExampleBatch rows) {
    records++;
    float[] targets = rows.target(output);
    for (int i = rows.size() * width; i < (rows.size() + 1) * width; i++) {
      least = Math.min(least, targets[i]);
      most = Math.max(most, targets[i]);
    }
  }

  /** Returns whether single precision tells next to nothing of the labels apart. */
  public boolean isIndistinct() {
    return records > 1 && Precision.isLost(least, most);
  }

  /** Returns what is wrong with labels that are indistinct, and what helps. */
  public String problem() {
    return ("%s: these labels cannot be told apart in single precision; take off what they have in"
            + " common")
        .formatted(field);
  }
}
