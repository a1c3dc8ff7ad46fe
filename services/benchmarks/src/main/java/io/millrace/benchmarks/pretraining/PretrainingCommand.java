package io.millrace.benchmarks.pretraining;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Compares a classifier of few labels with one whose layers an autoencoder has learned before. */
@Command(
    name = "pretraining",
    description = {
      "Learns the bundled letters from few labels, with and without layers that an autoencoder has",
      "learned from 16,000 letters without labels. The other 4,000 letters judge both. Exits with 1",
      "where pre-training is not better by two standard errors of the seeds' mean."
    },
    mixinStandardHelpOptions = true)
public final class PretrainingCommand implements Callable<Integer> {
  private static final int JUDGES = 4000;
  private static final double STANDARD_ERRORS = 2;

  @Option(
      names = "--labels",
      split = ",",
      paramLabel = "N",
      defaultValue = "500",
      description = "letters with labels (default: ${DEFAULT-VALUE})")
  private List<Integer> labels = new ArrayList<>();

  @Option(
      names = "--seeds",
      paramLabel = "N",
      defaultValue = "5",
      description = "orders of the letters and initial weights (default: ${DEFAULT-VALUE})")
  private int seeds;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      defaultValue = "60",
      description = "passes over the letters with labels (default: ${DEFAULT-VALUE})")
  private int epochs;

  @Option(
      names = "--pretraining-epochs",
      paramLabel = "N",
      defaultValue = "20",
      description = "passes over those without (default: ${DEFAULT-VALUE})")
  private int pretrainingEpochs;

  @Option(
      names = "--swap-noise",
      paramLabel = "SHARE",
      defaultValue = "0.15",
      description = "training.augmentation.swap_noise there (default: ${DEFAULT-VALUE})")
  private double swapNoise;

  @Override
  public Integer call() {
    boolean better = true;
    double[][] gains = new double[labels.size()][seeds];
    double[] plain = new double[labels.size()];
    double[] pretrained = new double[labels.size()];
    for (int seed = 1; seed <= seeds; seed++) {
      Letters letters = Letters.shuffled(seed);
      LetterModel autoencoder = autoencoder(letters, seed);
      for (int i = 0; i < plain.length; i++) {
        double without = accuracy(letters, labels.get(i), seed, Optional.empty());
        double with = accuracy(letters, labels.get(i), seed, Optional.of(autoencoder));
        plain[i] += without / seeds;
        pretrained[i] += with / seeds;
        gains[i][seed - 1] = with - without;
      }
    }
    for (int i = 0; i < plain.length; i++) {
      double gain = pretrained[i] - plain[i];
      double error = standardError(gains[i], gain);
      print(
          "labels=%d plain=%.4f pretrained=%.4f gain=%.4f standard_error=%.4f",
          labels.get(i), plain[i], pretrained[i], gain, error);
      better &= gain > STANDARD_ERRORS * error;
    }
    return better ? 0 : 1;
  }

  private LetterModel autoencoder(Letters letters, int seed) {
    LetterModel autoencoder = LetterModel.autoencoder(seed, swapNoise);
    for (int epoch = 0; epoch < pretrainingEpochs; epoch++) {
      letters.learn(autoencoder.learner(), letters.size() - JUDGES, epoch);
    }
    print(
        "seed=%d mean_squared_error=%.4f",
        seed, autoencoder.learner().progress().prequential().getOrDefault("loss", Double.NaN));
    return autoencoder;
  }

  private double accuracy(Letters letters, int count, int seed, Optional<LetterModel> pretrained) {
    LetterModel classifier = LetterModel.classifier(seed, pretrained);
    for (int epoch = 0; epoch < epochs; epoch++) {
      letters.learn(classifier.learner(), count, epoch);
    }
    return letters.accuracy(classifier.inference(JUDGES), JUDGES);
  }

  private double standardError(double[] values, double mean) {
    double sum = 0;
    for (double value : values) {
      sum += (value - mean) * (value - mean);
    }
    return Math.sqrt(sum / Math.max(1, seeds - 1) / seeds);
  }

  private static void print(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
