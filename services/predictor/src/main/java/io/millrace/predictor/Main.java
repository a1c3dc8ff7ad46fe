package io.millrace.predictor;

import io.millrace.runtime.SettingsFile;
import io.millrace.runtime.lifecycle.Health;
import io.millrace.runtime.lifecycle.Lifecycle;
import io.millrace.runtime.management.Metrics;
import io.millrace.settings.InvalidSettingsException;
import java.nio.file.Path;
import java.time.Duration;

/** The predictor as a process of its own: {@code Main model.yaml}. */
public final class Main {
  /** Long enough for those who route to it to see that it is no longer ready. */
  private static final Duration DRAIN = Duration.ofSeconds(5);

  private static final Duration DEADLINE = Duration.ofSeconds(20);
  private static final int BAD_SETTINGS = 2;

  private Main() {}

  /**
   * Runs until told to terminate.
   *
   * @param arguments the model's YAML file
   */
  public static void main(String[] arguments) throws InterruptedException {
    System.exit(run(arguments));
  }

  private static int run(String[] arguments) throws InterruptedException {
    if (arguments.length != 1) {
      System.err.println("The predictor takes one argument, the model's YAML file.");
      return BAD_SETTINGS;
    }
    try {
      return run(
          SettingsFile.load(Path.of(arguments[0]), System.getenv()).read(PredictorSettings::read));
    } catch (InvalidSettingsException e) {
      e.problems().forEach(System.err::println);
      return BAD_SETTINGS;
    }
  }

  private static int run(PredictorSettings settings) throws InterruptedException {
    Health health = new Health();
    try (Metrics metrics = new Metrics();
        Lifecycle lifecycle = Lifecycle.begin(health, DRAIN, DEADLINE)) {
      lifecycle.start(new PredictorService(settings, health, metrics, lifecycle::failed));
      return lifecycle.awaitEnd();
    }
  }
}
