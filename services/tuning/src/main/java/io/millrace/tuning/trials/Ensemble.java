package io.millrace.tuning.trials;

import io.millrace.learning.evaluation.Scores;
import io.millrace.learning.model.ExampleBatch;
import io.millrace.learning.model.Inference;
import io.millrace.learning.model.Model;
import io.millrace.tuning.data.DecodedRecords;
import io.millrace.tuning.data.Split;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;

/**
 * The mean of several trials' predictions, judged as a trial is. The members are trained again to
 * their best epochs, which gives the same weights, so nothing has to be kept of them meanwhile.
 */
public final class Ensemble {
  private static final int CHUNK = 256;

  private final TrialRules rules;
  private final List<TrialResult> members;
  private final List<TrialModel> models;

  /** By member and split. */
  private final List<List<Model>> trained = new ArrayList<>();

  private Ensemble(TrialRules rules, List<TrialResult> members) {
    this.rules = rules;
    this.members = List.copyOf(members);
    this.models = members.stream().map(member -> rules.models().of(member.settings())).toList();
  }

  /**
   * Trains the members.
   *
   * @param members trials with a score
   * @param threads how many models train at a time
   * @param stopped whether to end before the members are trained, so that they must not be used
   */
  public static Ensemble of(
      TrialRules rules, List<TrialResult> members, int threads, BooleanSupplier stopped)
      throws InterruptedException {
    Ensemble ensemble = new Ensemble(rules, members);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<List<Model>>> work = new ArrayList<>();
      for (int i = 0; i < members.size(); i++) {
        int member = i;
        work.add(pool.submit(() -> ensemble.train(member, stopped)));
      }
      for (Future<List<Model>> each : work) {
        ensemble.trained.add(each.get());
      }
      return ensemble;
    } catch (ExecutionException e) {
      throw new IllegalStateException("a member of the ensemble failed", e.getCause());
    } finally {
      pool.shutdownNow();
    }
  }

  /** Returns the trained models, member by member, each with its models of all splits. */
  public List<Model> models() {
    return trained.stream().flatMap(List::stream).toList();
  }

  /** Returns the score where all members count alike, averaged over the splits. */
  public double uniform() {
    double[] weights = new double[members.size()];
    Arrays.fill(weights, 1.0 / weights.length);
    return score(weights);
  }

  /** Returns the score where members count by {@link #weights}, averaged over the splits. */
  public double weighted() {
    return score(weights());
  }

  /**
   * Returns how much each member counts, 1 in all: the more, the better it is by itself, by the
   * inverse of a score that should be low, or by a score that should be high.
   */
  public double[] weights() {
    Monitor monitor = rules.judging().monitor();
    double[] weights =
        members.stream()
            .mapToDouble(TrialResult::score)
            .map(score -> Math.max(score, Double.MIN_NORMAL))
            .map(score -> monitor.isBetter(0, 1) ? 1 / score : score)
            .toArray();
    double sum = Arrays.stream(weights).sum();
    return Arrays.stream(weights).map(weight -> weight / sum).toArray();
  }

  private List<Model> train(int member, BooleanSupplier stopped) {
    List<Model> result = new ArrayList<>();
    TrialModel model = models.get(member);
    Judging judging = rules.judging();
    for (Split split : rules.splits()) {
      SplitTraining training = new SplitTraining(model, rules.records(), split);
      for (int epoch = 0; epoch < members.get(member).bestEpoch(); epoch++) {
        double unused = training.epoch(judging.monitor(), judging.shuffling(), epoch, stopped);
      }
      result.add(new Model(model.definition(), training.weights()));
    }
    return result;
  }

  private double score(double[] weights) {
    double sum = 0;
    for (int split = 0; split < rules.splits().size(); split++) {
      sum += score(split, weights);
    }
    return sum / rules.splits().size();
  }

  private double score(int split, double[] weights) {
    DecodedRecords records = rules.records();
    int[] rows = rules.splits().get(split).validation();
    Scores scores = new Scores(models.get(0).definition(), CHUNK);
    List<Inference> inferences = new ArrayList<>();
    for (List<Model> member : trained) {
      Model model = member.get(split);
      Inference inference = new Inference(model.definition(), CHUNK);
      inference.load(model);
      inferences.add(inference);
    }
    ExampleBatch batch = new ExampleBatch(CHUNK, records.inputWidths(), records.targetWidths());
    for (int begin = 0; begin < rows.length; begin += CHUNK) {
      batch.clear();
      for (int i = begin; i < Math.min(rows.length, begin + CHUNK); i++) {
        records.copyRow(rows[i], batch, batch.size());
        batch.advance();
      }
      float[][] mean = mean(inferences, weights, batch);
      ExampleBatch judged = inferences.get(0).rows(); // with targets that are features, too
      judged.resize(batch.size());
      scores.update(output -> mean[output], judged, new float[CHUNK]);
    }
    return scores.values("val_").getOrDefault(rules.judging().monitor().name(), Double.NaN);
  }

  private float[][] mean(List<Inference> inferences, double[] weights, ExampleBatch batch) {
    int[] widths = models.get(0).definition().outputWidths();
    float[][] mean = new float[widths.length][];
    Arrays.setAll(mean, output -> new float[CHUNK * widths[output]]);
    for (int member = 0; member < weights.length; member++) {
      Inference inference = inferences.get(member);
      for (int row = 0; row < batch.size(); row++) {
        inference.rows().copyRow(batch, row, row);
      }
      inference.rows().resize(batch.size());
      inference.run();
      for (int output = 0; output < widths.length; output++) {
        float[] values = inference.output(output);
        for (int i = 0; i < batch.size() * widths[output]; i++) {
          mean[output][i] += (float) (weights[member] * values[i]);
        }
      }
    }
    return mean;
  }
}
