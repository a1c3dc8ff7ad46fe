package io.millrace.trainer.intake;

import io.millrace.learning.features.Precision;
import io.millrace.learning.model.ExampleBatch;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.learning.model.OutputSettings;
import java.util.ArrayList;
import java.util.List;

/** The range of the numeric labels of one output, in single precision. Confined to one thread. */
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

  /** Returns one summary for each output with a numeric label. */
  public static List<LabelSummary> of(ModelDefinition model) {
    List<LabelSummary> labels = new ArrayList<>();
    for (int i = 0; i < model.outputs().size(); i++) {
      OutputSettings output = model.outputs().get(i);
      if (output.isLabelled() && output.label() == OutputSettings.Label.NUMBERS) {
        labels.add(new LabelSummary(output.field(), i, model.targetWidths()[i]));
      }
    }
    return List.copyOf(labels);
  }

  /**
   * Adds the labels of the row at index {@link ExampleBatch#size()}, which is written but not yet
   * part of the batch.
   */
  public void add(ExampleBatch rows) {
    records++;
    float[] targets = rows.target(output);
    for (int i = rows.size() * width; i < (rows.size() + 1) * width; i++) {
      least = Math.min(least, targets[i]);
      most = Math.max(most, targets[i]);
    }
  }

  /** Returns whether single precision can hardly tell the labels apart. */
  public boolean isIndistinct() {
    return records > 1 && Precision.isLost(least, most);
  }

  /** Returns what is wrong with indistinct labels, and the remedy. */
  public String problem() {
    return ("%s: these labels cannot be told apart in single precision; take off what they have in"
            + " common")
        .formatted(field);
  }
}
