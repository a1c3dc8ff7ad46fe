package io.millrace.benchmarks.fashion;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Trains on Fashion-MNIST and prints the accuracy on its test images. */
@Command(
    name = "fashion-mnist",
    description = {
      "Trains on the 60000 images of Fashion-MNIST and prints the accuracy on its 10000 test images.",
      "Exit code 1 where a network misses its target, 2 where the images are not installed."
    },
    mixinStandardHelpOptions = true)
public final class FashionMnistCommand implements Callable<Integer> {
  @Option(
      names = "--networks",
      split = ",",
      paramLabel = "NAME",
      description = "textbook, convolution (default: both)")
  private List<String> networks = new ArrayList<>();

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      defaultValue = "/usr/share/datasets/fashion-mnist",
      description = "where the four files in IDX format are (default: ${DEFAULT-VALUE})")
  private Path folder = Path.of("/usr/share/datasets/fashion-mnist");

  @Override
  public Integer call() throws IOException {
    if (!Files.isDirectory(folder)) {
      System.err.println(
          folder + " does not exist. Debian and Ubuntu: apt install dataset-fashion-mnist");
      return 2;
    }
    Images training = Images.read(folder, "train");
    Images test = Images.read(folder, "t10k");
    boolean isReached = true;
    for (String name : networks.isEmpty() ? FashionNetwork.names() : networks) {
      isReached &= train(FashionNetwork.named(name), training, test);
    }
    return isReached ? 0 : 1;
  }

  private static boolean train(FashionNetwork network, Images images, Images test) {
    FashionTraining training = new FashionTraining(network, images);
    long begin = System.nanoTime();
    double accuracy = 0;
    for (int epoch = 1; epoch <= network.epochs(); epoch++) {
      double loss = training.epoch();
      accuracy = training.accuracy(test);
      System.out.printf(
          Locale.ROOT,
          "%s epoch=%d loss=%.4f test_accuracy=%.4f seconds=%.0f%n",
          network.name(),
          epoch,
          loss,
          accuracy,
          (System.nanoTime() - begin) / 1e9);
    }
    System.out.printf(
        Locale.ROOT,
        "%s parameters=%d test_accuracy=%.4f target=%.3f seconds=%.0f%n",
        network.name(),
        network.definition().parameterCount(),
        accuracy,
        network.target(),
        (System.nanoTime() - begin) / 1e9);
    return accuracy >= network.target();
  }
}
