package io.millrace.benchmarks.rates;

import io.millrace.tuning.rates.RangeCurve;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Compares the suggestions of the range test with a grid of rates. */
@Command(
    name = "lr-range",
    description = {
      "Compares the learning rate that the range test suggests with the best of 13 rates from 1e-5 to",
      "10, by the validation loss after training. Exits with 1 where they differ by more than three",
      "times. Data that are not installed are left out, and named."
    },
    mixinStandardHelpOptions = true)
public final class LrRangeCommand implements Callable<Integer> {
  private static final double BAR = 3;

  @Option(
      names = "--optimizers",
      split = ",",
      paramLabel = "TYPE",
      defaultValue = "adam",
      description = "optimizers with Keras' defaults (default: ${DEFAULT-VALUE})")
  private List<String> optimizers = new ArrayList<>();

  @Option(
      names = "--seeds",
      paramLabel = "N",
      defaultValue = "1",
      description = "networks, each of another seed (default: ${DEFAULT-VALUE})")
  private int seeds;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      defaultValue = "5",
      description = "passes over the training records (default: ${DEFAULT-VALUE})")
  private int epochs;

  @Option(
      names = "--digits",
      paramLabel = "FILE",
      description = "scikit-learn's datasets/data/digits.csv.gz: UCI's optical digits")
  private @Nullable Path digits;

  @Option(
      names = "--fashion-mnist",
      paramLabel = "FOLDER",
      defaultValue = "/usr/share/datasets/fashion-mnist",
      description = "Debian's dataset-fashion-mnist (default: ${DEFAULT-VALUE})")
  private Path fashion = Path.of("/usr/share/datasets/fashion-mnist");

  @Option(
      names = "--curves",
      description = "prints the smoothed loss and the loss of each rate of the grid")
  private boolean curves;

  @Override
  public Integer call() throws IOException, InterruptedException {
    boolean reached = true;
    for (LabelledRows data : data()) {
      for (String optimizer : optimizers) {
        for (int seed = 1; seed <= seeds; seed++) {
          reached &= measure(data, optimizer, seed);
        }
      }
    }
    return reached ? 0 : 1;
  }

  private List<LabelledRows> data() throws IOException {
    List<LabelledRows> data = new ArrayList<>();
    data.add(LabelledRows.letters());
    data.add(LabelledRows.friedman(20_000));
    if (digits != null) {
      data.add(LabelledRows.digits(digits));
    } else {
      System.err.println("digits are left out: --digits is not given");
    }
    if (Files.isDirectory(fashion)) {
      data.add(LabelledRows.fashion(fashion, 10_000));
    } else {
      System.err.println("fashion-mnist is left out: %s does not exist".formatted(fashion));
    }
    return data;
  }

  private boolean measure(LabelledRows data, String optimizer, int seed)
      throws InterruptedException {
    RateCase measured = new RateCase(data, optimizer, seed, epochs);
    long begin = System.nanoTime();
    RangeCurve curve = measured.rangeTest();
    double seconds = (System.nanoTime() - begin) / 1e9;
    double suggested = curve.suggestion().orElse(Double.NaN);
    List<Double> rates =
        IntStream.range(0, 13).mapToObj(i -> 1e-5 * Math.pow(10, i / 2.0)).toList();
    List<Double> tried = new ArrayList<>(rates);
    curve.suggestion().ifPresent(tried::add);
    Map<Double, Double> losses = measured.train(tried);
    if (curves) {
      losses.forEach((rate, loss) -> print("rate=%.3g val_loss=%.4f", rate, loss));
    }
    double best = rates.get(0);
    for (double rate : rates) {
      best = isLess(loss(losses, rate), loss(losses, best)) ? rate : best;
    }
    double own = loss(losses, suggested);
    double ratio = suggested / best;
    print(
        "data=%s optimizer=%s seed=%d turn=%.3g suggested=%.3g best_of_grid=%.3g ratio=%.2f"
            + " val_loss=%.4f of_best=%.4f test_seconds=%.2f",
        data.name(),
        optimizer,
        seed,
        curve.rates()[curve.turn()],
        suggested,
        best,
        ratio,
        own,
        loss(losses, best),
        seconds);
    return ratio <= BAR && ratio >= 1 / BAR;
  }

  private static double loss(Map<Double, Double> losses, double rate) {
    return losses.getOrDefault(rate, Double.NaN);
  }

  private static boolean isLess(double loss, double other) {
    return !Double.isNaN(loss) && (Double.isNaN(other) || loss < other);
  }

  private static void print(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
