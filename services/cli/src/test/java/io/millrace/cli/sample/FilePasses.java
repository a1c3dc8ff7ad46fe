package io.millrace.cli.sample;

import io.millrace.cli.invocation.Configuration;
import io.millrace.cli.produce.RowEncoder;
import io.millrace.cli.tables.FileSettings;
import io.millrace.cli.tables.Table;
import io.millrace.learning.Learner;
import io.millrace.learning.LearnerSettings;
import io.millrace.learning.Phase;
import io.millrace.learning.model.ExampleBatch;
import io.millrace.learning.model.Inference;
import io.millrace.learning.model.Model;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.runtime.SettingsFile;
import io.millrace.trainer.decoding.shared.RecordDecoder;
import io.millrace.trainer.intake.Holdout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Learns a file by the settings that {@code init} writes for it, in passes until training stops: as
 * the trainer does, without a topic between.
 */
final class FilePasses {
  private final Configuration configuration;
  private final FileSettings file;
  private final ModelDefinition definition;
  private final LearnerSettings settings;

  /**
   * @param yaml what {@code init} wrote
   * @param file how the files are read
   */
  FilePasses(String yaml, FileSettings file) {
    configuration = SettingsFile.parse(Path.of("test"), yaml, Map.of()).read(Configuration::read);
    this.file = file;
    definition = configuration.definition();
    settings = configuration.trainer().learner();
  }

  /**
   * What was learned.
   *
   * @param validation the scores of the last evaluation
   * @param score accuracy, or R2 of numbers, on the rows of the other file
   * @param balanced the mean share of a class that is found; of numbers R2
   */
  record Learned(int passes, Map<String, Double> validation, double score, double balanced) {}

  /** Learns one file and scores another. */
  Learned learn(Path training, Path test, int mostPasses) {
    Rows rows = rows(training);
    Learner learner = new Learner(definition, settings);
    List<Integer> order = new ArrayList<>(rows.numbers());
    Random random = new Random(1);
    int passes = 0;
    while (passes < mostPasses && learner.progress().phase() != Phase.CONVERGED) {
      Collections.shuffle(order, random);
      order.forEach(row -> take(learner, rows, row));
      passes++;
    }
    learner.evaluateNow();
    Rows judged = rows(test);
    double[] predictions = predictions(learner, judged);
    float[] targets = judged.batch.target(0);
    int width = definition.outputWidths()[0];
    Map<String, Double> validation = learner.progress().validation();
    if (!definition.outputs().get(0).isClassification()) {
      double r2 = r2(predictions, targets);
      return new Learned(passes, validation, r2, r2);
    }
    double[] found = found(predictions, targets, width);
    return new Learned(passes, validation, found[width], mean(Arrays.copyOf(found, width)));
  }

  private static void take(Learner learner, Rows rows, int row) {
    learner.batch().copyRow(rows.batch, row, learner.batch().size());
    if (learner.holdsOut(Holdout.hashOf(rows.keys.get(row)))) {
      learner.validate();
    } else {
      learner.train();
    }
  }

  private Rows rows(Path path) {
    List<byte[]> values = new ArrayList<>();
    try (Table table = Table.open(path, file)) {
      RowEncoder encoder = RowEncoder.json(definition, table.columns());
      while (table.hasNext()) {
        values.add(encoder.encode(table.next().cells()).value());
      }
    }
    RecordDecoder decoder = configuration.records().decoder(definition);
    ExampleBatch batch =
        new ExampleBatch(values.size(), definition.inputWidths(), definition.targetWidths());
    List<String> keys = new ArrayList<>();
    for (int row = 0; row < values.size(); row++) {
      if (decoder.decode(values.get(row), batch) == null) {
        keys.add(String.valueOf(row + 1));
        batch.advance();
      }
    }
    return new Rows(batch, keys);
  }

  private double[] predictions(Learner learner, Rows rows) {
    int width = definition.outputWidths()[0];
    double[] predictions = new double[rows.keys.size() * width];
    Inference inference = new Inference(definition, 1);
    inference.load(new Model(definition, learner.weights()));
    for (int row = 0; row < rows.keys.size(); row++) {
      inference.rows().copyRow(rows.batch, row, 0);
      inference.rows().advance();
      inference.run();
      float[] output = inference.output(0);
      for (int i = 0; i < width; i++) {
        predictions[row * width + i] = output[i];
      }
    }
    return predictions;
  }

  /** Returns the share of each class that is predicted right, and at the end that of all rows. */
  private static double[] found(double[] predictions, float[] targets, int width) {
    double[] right = new double[width + 1];
    double[] rows = new double[width + 1];
    for (int row = 0; row < predictions.length / width; row++) {
      int best = 0;
      for (int i = 1; i < width; i++) {
        best = predictions[row * width + i] > predictions[row * width + best] ? i : best;
      }
      int actual = (int) targets[row];
      for (int counted : new int[] {actual, width}) {
        rows[counted]++;
        right[counted] += best == actual ? 1 : 0;
      }
    }
    Arrays.setAll(right, i -> right[i] / Math.max(1, rows[i]));
    return right;
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElse(0);
  }

  private static double r2(double[] predictions, float[] targets) {
    double mean = 0;
    for (int row = 0; row < predictions.length; row++) {
      mean += targets[row] / predictions.length;
    }
    double errors = 0;
    double variance = 0;
    for (int row = 0; row < predictions.length; row++) {
      errors += Math.pow(targets[row] - predictions[row], 2);
      variance += Math.pow(targets[row] - mean, 2);
    }
    return 1 - errors / variance;
  }

  private record Rows(ExampleBatch batch, List<String> keys) {
    List<Integer> numbers() {
      List<Integer> numbers = new ArrayList<>();
      for (int row = 0; row < keys.size(); row++) {
        numbers.add(row);
      }
      return numbers;
    }
  }
}
