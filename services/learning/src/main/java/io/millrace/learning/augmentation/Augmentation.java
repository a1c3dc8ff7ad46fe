package io.millrace.learning.augmentation;

import io.millrace.learning.features.ImageShape;
import io.millrace.learning.model.ExampleBatch;
import io.millrace.learning.model.InputSettings;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.learning.random.RandomStream;
import io.millrace.learning.state.State;
import java.util.List;
import java.util.Optional;

/**
 * Augments the rows that the network trains on. The changes to a row depend only on the seed and on
 * the number of rows augmented before it, so a replay repeats them. Owned by one thread.
 *
 * <p>Mixup: H. Zhang et al., mixup: Beyond Empirical Risk Minimization, ICLR 2018. Partners come
 * from the same mini-batch.
 */
public final class Augmentation {
  private static final long STREAM = -2;
  private static final int MIX = 0;
  private static final int IMAGE = 1;
  private static final int NUMBERS = 2;
  private static final long SWAPS = 1L << 32;
  private static final long TEXTS = 1L << 33;

  private final AugmentationSettings settings;
  private final RandomStream random;
  private final boolean[] holdsIndices;
  private final List<Optional<ImageShape>> images;
  private final int[] widths;
  private final int[] targetWidths;
  private final Optional<SwapNoise> swaps;
  private final List<TextAugmentation> texts;
  private final float[][] before;
  private final float[][] targets;
  private long position;

  /**
   * @param rows the most rows of a mini-batch
   */
  public Augmentation(
      ModelDefinition definition, AugmentationSettings settings, long seed, int rows) {
    this.settings = settings;
    random = RandomStream.of(seed, STREAM);
    int inputs = definition.inputs().size();
    holdsIndices = new boolean[inputs];
    widths = new int[inputs];
    for (int i = 0; i < inputs; i++) {
      holdsIndices[i] = definition.network().indexBound(definition.inputs().get(i).name()) > 0;
      widths[i] = definition.inputs().get(i).width();
    }
    images = definition.inputs().stream().map(InputSettings::image).toList();
    swaps =
        settings.swapNoise() > 0
            ? Optional.of(new SwapNoise(definition, settings.swapNoise(), rows))
            : Optional.empty();
    texts =
        definition.inputs().stream().map(input -> new TextAugmentation(input, settings)).toList();
    targetWidths = definition.targetWidths();
    before = definition.networkInputs(rows);
    targets = new ExampleBatch(rows, new int[0], targetWidths).targets();
  }

  /**
   * Augments the first {@code rows} rows.
   *
   * @param seen the network's inputs, by input: [rows, width]; changed in place
   * @return the targets of the augmented rows, by output
   */
  public float[][] apply(float[][] seen, ExampleBatch batch, int rows) {
    float[][] mixed = settings.mixup().isPresent() ? mix(seen, batch, rows) : batch.targets();
    if (swaps.isPresent()) {
      swaps.get().begin(seen, rows);
    }
    for (int row = 0; row < rows; row++) {
      RandomStream ofRow = random.split(position + row);
      for (int input = 0; input < seen.length; input++) {
        if (swaps.isPresent()) {
          swaps.get().apply(seen[input], input, row, rows, ofRow.split(SWAPS + input));
        }
        if (settings.variesTexts()) {
          texts.get(input).apply(seen[input], row * widths[input], ofRow.split(TEXTS + input));
        }
        if (settings.variesImages() && images.get(input).isPresent()) {
          vary(seen[input], row, input, images.get(input).get(), ofRow.split(IMAGE));
        }
        if (settings.variesNumbers() && !holdsIndices[input]) {
          vary(seen[input], row * widths[input], widths[input], ofRow.split(NUMBERS + input));
        }
      }
    }
    position += rows;
    return mixed;
  }

  public void save(State state) {
    state.put("position", position);
  }

  public void restore(State state) {
    position = state.integer("position");
  }

  private void vary(float[] values, int start, int width, RandomStream drawn) {
    for (int i = 0; i < width; i++) {
      if (settings.gaussianNoise() > 0) {
        values[start + i] += (float) (settings.gaussianNoise() * drawn.normal(i));
      }
      if (drawn.uniform(-1L - i) < settings.featureDropout()) {
        values[start + i] = 0;
      }
    }
  }

  /** Shifts and mirrors an image; pixels from outside repeat the edge. */
  private void vary(float[] values, int row, int input, ImageShape shape, RandomStream drawn) {
    int start = row * widths[input];
    int down = drawn.integer(0, 2 * settings.shift() + 1) - settings.shift();
    int right = drawn.integer(1, 2 * settings.shift() + 1) - settings.shift();
    boolean mirrored = settings.flip() && drawn.uniform(2) < 0.5;
    System.arraycopy(values, start, before[input], start, shape.size());
    for (int y = 0; y < shape.height(); y++) {
      int fromY = Math.max(0, Math.min(shape.height() - 1, y - down));
      for (int x = 0; x < shape.width(); x++) {
        int moved = Math.max(0, Math.min(shape.width() - 1, x - right));
        int fromX = mirrored ? shape.width() - 1 - moved : moved;
        System.arraycopy(
            before[input],
            start + shape.offset(fromY, fromX),
            values,
            start + shape.offset(y, x),
            shape.channels());
      }
    }
  }

  private float[][] mix(float[][] seen, ExampleBatch batch, int rows) {
    for (int input = 0; input < seen.length; input++) {
      System.arraycopy(seen[input], 0, before[input], 0, rows * widths[input]);
    }
    for (int row = 0; row < rows; row++) {
      RandomStream drawn = random.split(position + row).split(MIX);
      int partner = drawn.integer(0, rows);
      double alpha = settings.mixup().orElseThrow();
      float share = (float) beta(alpha, drawn);
      for (int input = 0; input < seen.length; input++) {
        if (!holdsIndices[input]) {
          mix(before[input], seen[input], widths[input], row, partner, share);
        }
      }
      for (int output = 0; output < targets.length; output++) {
        mix(batch.target(output), targets[output], targetWidths[output], row, partner, share);
      }
    }
    return targets;
  }

  private static void mix(float[] from, float[] to, int width, int row, int partner, float share) {
    for (int i = 0; i < width; i++) {
      to[row * width + i] = share * from[row * width + i] + (1 - share) * from[partner * width + i];
    }
  }

  /** Draws from the symmetric beta distribution, by M. D. Jöhnk's method of 1964. */
  private static double beta(double alpha, RandomStream drawn) {
    for (long attempt = 1; ; attempt++) {
      double first = Math.pow(drawn.uniform(2 * attempt), 1 / alpha);
      double second = Math.pow(drawn.uniform(2 * attempt + 1), 1 / alpha);
      if (first + second > 0 && first + second <= 1) {
        return first / (first + second);
      }
    }
  }
}
