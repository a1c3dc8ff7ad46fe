package io.millrace.trainer.resuming;

import io.millrace.learning.features.CategoryFeature;
import io.millrace.learning.features.Feature;
import io.millrace.learning.features.LinearScaling;
import io.millrace.learning.features.Missing;
import io.millrace.learning.features.NumberFeature;
import io.millrace.learning.features.Scaling;
import io.millrace.learning.features.TextFeature;
import io.millrace.learning.features.VectorFeature;
import io.millrace.learning.model.ExampleBatch;
import io.millrace.learning.model.InputSettings;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.learning.model.Preprocessing;
import io.millrace.learning.targets.TargetScaling;
import io.millrace.settings.InvalidSettingsException;
import io.millrace.settings.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The preprocessing of an archive of Keras: for each input, its layer Normalization with a mean and
 * a variance, as {@code millrace export} writes it. Numbers that are scaled to mean and variance or
 * to their range are what it can tell; all else that is learned is not in such a file.
 */
final class KerasStatistics {
  /** Enough pairs of rows that the statistics weigh as much as those of a long stream. */
  private static final int PAIRS = 500;

  /** A variance that stands for a number that never changed. */
  private static final double CONSTANT = 1e37;

  private final ModelDefinition definition;
  private final Map<String, KerasNormalization> byInput;
  private final List<Problem> problems = new ArrayList<>();

  private KerasStatistics(ModelDefinition definition, Map<String, KerasNormalization> byInput) {
    this.definition = definition;
    this.byInput = byInput;
  }

  /**
   * Returns preprocessing that has learned what the file tells.
   *
   * @throws InvalidSettingsException if the model's inputs or outputs need more
   */
  static Preprocessing read(Path file, ModelDefinition definition) {
    List<String> inputs = definition.inputs().stream().map(InputSettings::name).toList();
    return new KerasStatistics(definition, KerasNormalization.read(file, inputs)).learned();
  }

  private Preprocessing learned() {
    ExampleBatch rows = new ExampleBatch(2, definition.inputWidths(), definition.targetWidths());
    for (int i = 0; i < definition.inputs().size(); i++) {
      InputSettings input = definition.inputs().get(i);
      KerasNormalization given = byInput.get(input.name());
      if (input.features().stream().anyMatch(KerasStatistics::learns)) {
        if (given == null || !isScaled(i) || given.means().size() != input.numbers()) {
          report("inputs." + input.name());
        } else {
          write(input, given, rows.input(i));
        }
      } else if (given != null && !isSame(i, given)) {
        problems.add(
            new Problem(
                "inputs." + input.name(),
                "is not scaled as the file's layer Normalization does; allowed: scaling standard,"
                    + " or what the model was exported with"));
      }
    }
    definition.outputs().stream()
        .filter(output -> output.targetScaling() != TargetScaling.NONE)
        .forEach(output -> report("outputs." + output.name() + ".target_scaling"));
    if (!problems.isEmpty()) {
      throw new InvalidSettingsException(problems);
    }
    rows.resize(2);
    Preprocessing preprocessing = new Preprocessing(definition);
    for (int i = 0; i < PAIRS; i++) {
      preprocessing.learn(rows);
    }
    return preprocessing;
  }

  private void report(String path) {
    problems.add(
        new Problem(
            path,
            "learns statistics, which the file does not have; allowed: no scaling and no learned"
                + " vocabulary, standard or min_max scaling where the file has a layer"
                + " Normalization, or a file of --format millrace"));
  }

  private static boolean learns(Feature feature) {
    if (feature instanceof NumberFeature numbers) {
      return numbers.scaling() != Scaling.NONE || numbers.missing() == Missing.MEAN;
    }
    if (feature instanceof VectorFeature vector) {
      return vector.values() == VectorFeature.Values.STANDARD;
    }
    return (feature instanceof CategoryFeature category && category.terms().learned())
        || (feature instanceof TextFeature text && text.terms().learned());
  }

  /** Returns whether two rows of numbers can tell all that an input learns. */
  private boolean isScaled(int input) {
    return new Preprocessing(definition).linear(input).isPresent()
        && definition.inputs().get(input).features().stream()
            .noneMatch(
                feature ->
                    feature instanceof NumberFeature numbers
                        && numbers.scaling() == Scaling.ROBUST);
  }

  /** Returns whether an input that learns nothing is scaled as the file says. */
  private boolean isSame(int input, KerasNormalization given) {
    Optional<LinearScaling> scaling = new Preprocessing(definition).linear(input);
    return scaling.isPresent()
        && areSame(scaling.get().shifts(), given.means(), 1)
        && areSame(scaling.get().divisors(), given.variances(), 2);
  }

  private static boolean areSame(List<Double> expected, List<Double> found, int power) {
    return expected.size() == found.size()
        && IntStream.range(0, found.size())
            .allMatch(i -> (float) Math.pow(expected.get(i), power) == found.get(i).floatValue());
  }

  /** Writes two rows whose statistics are those of the file. */
  private void write(InputSettings input, KerasNormalization given, float[] cells) {
    int number = 0;
    int at = 0;
    for (Feature feature : input.features()) {
      boolean isOfRange =
          feature instanceof NumberFeature numbers && numbers.scaling() == Scaling.MIN_MAX;
      for (int field = 0; field < feature.fields().size(); field++) {
        for (int i = 0; i < feature.form().numbers(); i++, number++) {
          double mean = given.means().get(number);
          double variance = given.variances().get(number);
          double spread = variance > CONSTANT ? 0 : Math.sqrt(variance);
          write(feature, i, isOfRange ? mean : mean - spread, cells, at);
          write(feature, i, mean + spread, cells, at + input.size());
        }
        at += feature.form().width();
      }
    }
  }

  private static void write(Feature feature, int index, double value, float[] cells, int at) {
    if (feature instanceof NumberFeature) {
      var unused = feature.form().number(value, cells, at);
    } else {
      var unused = feature.form().item(index, value, cells, at);
    }
  }
}
