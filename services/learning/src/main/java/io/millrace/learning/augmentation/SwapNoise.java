package io.millrace.learning.augmentation;

import io.millrace.learning.features.DateFeature;
import io.millrace.learning.features.Feature;
import io.millrace.learning.features.TextFeature;
import io.millrace.learning.features.VectorFeature;
import io.millrace.learning.model.InputSettings;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.learning.random.RandomStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Swap noise: a field of a record is replaced by the same field of another record of the
 * mini-batch, so that each field keeps its distribution. The numbers of one category or date go
 * together; those of a vector go one by one. Images and texts stay. Allocates nothing but its
 * constructor. Owned by one thread.
 *
 * <p>M. Jahrer, the denoising autoencoder of the first place of Kaggle's Porto Seguro's Safe Driver
 * Prediction, 2017.
 */
final class SwapNoise {
  private final double share;
  private final int[][] starts;
  private final int[][] ends;
  private final int[] widths;
  private final float[][] before;

  /**
   * @param share of the fields that are replaced
   * @param rows the most rows of a mini-batch
   */
  SwapNoise(ModelDefinition definition, double share, int rows) {
    this.share = share;
    List<int[][]> parts =
        definition.inputs().stream().map(input -> parts(input).toArray(int[][]::new)).toList();
    starts = parts.stream().map(each -> column(each, 0)).toArray(int[][]::new);
    ends = parts.stream().map(each -> column(each, 1)).toArray(int[][]::new);
    widths = definition.inputs().stream().mapToInt(InputSettings::width).toArray();
    before = definition.networkInputs(rows);
  }

  /**
   * Notes a mini-batch, whose fields are swapped.
   *
   * @param seen by input: {@code [rows, width]}
   */
  void begin(float[][] seen, int rows) {
    for (int input = 0; input < seen.length; input++) {
      System.arraycopy(seen[input], 0, before[input], 0, rows * widths[input]);
    }
  }

  /** Changes one row of an input in place. */
  void apply(float[] seen, int input, int row, int rows, RandomStream drawn) {
    for (int part = 0; part < starts[input].length; part++) {
      if (drawn.uniform(2L * part) < share) {
        int partner = drawn.integer(2L * part + 1, rows);
        int start = starts[input][part];
        System.arraycopy(
            before[input],
            partner * widths[input] + start,
            seen,
            row * widths[input] + start,
            ends[input][part] - start);
      }
    }
  }

  /** Returns where each part of an input begins and ends that is swapped as a whole. */
  private static List<int[]> parts(InputSettings input) {
    List<int[]> parts = new ArrayList<>();
    int start = 0;
    for (Feature feature : input.features()) {
      int width = partWidth(feature);
      int end = start + feature.width();
      for (int at = start; width > 0 && at < end; at += width) {
        parts.add(new int[] {at, at + width});
      }
      start = end;
    }
    return parts;
  }

  private static int partWidth(Feature feature) {
    if (feature instanceof TextFeature) {
      return 0;
    }
    if (feature instanceof VectorFeature vector) {
      return vector.image().isPresent() ? 0 : 1;
    }
    return feature instanceof DateFeature
        ? feature.width()
        : feature.width() / feature.fields().size();
  }

  private static int[] column(int[][] rows, int column) {
    int[] values = new int[rows.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = rows[i][column];
    }
    return values;
  }
}
