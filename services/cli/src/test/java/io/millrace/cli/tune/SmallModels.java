package io.millrace.cli.tune;

import io.millrace.cli.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/**
 * Settings and rows of small regressions.
 *
 * @param folder where files go
 * @param brokers the bootstrap servers
 */
record SmallModels(Path folder, String brokers) {
  static final String SEARCH =
      """
      search:
        method: tpe
        trials: 10
        epochs: 4
        space:
          hidden_layers: {int: [0, 2]}
          units: {int: [2, 16]}
          training.optimizer.learning_rate: {log_float: [1e-3, 1e-1]}
      """;

  static CommandRun millrace(String command, Path settings, String... more) {
    String[] words = new String[more.length + 3];
    words[0] = command;
    words[1] = "--config";
    words[2] = settings.toString();
    System.arraycopy(more, 0, words, 3, more.length);
    return CommandRun.of(words);
  }

  Path rows(String name, int count) throws IOException {
    Random random = new Random(3);
    StringBuilder text = new StringBuilder("a,b,y\n");
    for (int i = 0; i < count; i++) {
      double a = random.nextGaussian();
      double b = random.nextGaussian();
      text.append("%.4f,%.4f,%.4f\n".formatted(a, b, a * b + a));
    }
    Path file = folder.resolve(name);
    Files.writeString(file, text);
    return file;
  }

  Path settings(String model, String more) throws IOException {
    String yaml =
        """
        model: %s
        kafka: {bootstrap_servers: "%s"}
        records: {topic: %s}
        inputs: {x: {features: [{field: a}, {field: b}]}}
        outputs: {y: {}}
        network:
          layers:
            - {type: dense, units: 4, activation: relu}
            - {type: dense, units: 1}
        training: {batch_size: 8, optimizer: {type: adam, learning_rate: 0.01}}
        """
            .formatted(model, brokers, model);
    Path file = folder.resolve(model + ".yaml");
    Files.writeString(file, yaml + more);
    return file;
  }
}
