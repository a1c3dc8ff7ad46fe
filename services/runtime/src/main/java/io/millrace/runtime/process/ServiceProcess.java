package io.millrace.runtime.process;

import io.millrace.runtime.SettingsFile;
import io.millrace.runtime.lifecycle.Health;
import io.millrace.runtime.lifecycle.Lifecycle;
import io.millrace.runtime.management.Metrics;
import io.millrace.runtime.tracing.Tracing;
import io.millrace.settings.InvalidSettingsException;
import io.millrace.settings.Section;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;

/**
 * A process that runs one service and takes one argument, the settings file.
 *
 * <p>Its exit code is 0 after a stop, 1 after a failure, and 2 for unusable settings.
 */
public final class ServiceProcess {
  private static final int INVALID_SETTINGS = 2;
  private static final Duration DEADLINE = Duration.ofSeconds(20);

  private ServiceProcess() {}

  /**
   * Runs until the process is told to terminate.
   *
   * @param arguments the process's arguments
   * @param drain how long callers have to notice that this process is no longer ready
   * @return the exit code
   */
  public static <T> int run(
      String[] arguments, Function<Section, T> reader, Duration drain, Starter<T> starter)
      throws InterruptedException {
    if (arguments.length != 1) {
      System.err.println("one argument is wanted, the settings file");
      return INVALID_SETTINGS;
    }
    try {
      Named<T> settings =
          SettingsFile.load(Path.of(arguments[0]), System.getenv())
              .read(document -> Named.of(document, reader));
      LogLines.setModel(settings.model);
      return run(settings, drain, starter);
    } catch (InvalidSettingsException e) {
      System.err.println("these settings cannot be used:");
      e.problems().forEach(problem -> System.err.println("  " + problem));
      return INVALID_SETTINGS;
    }
  }

  private static <T> int run(Named<T> named, Duration drain, Starter<T> starter)
      throws InterruptedException {
    Health health = new Health();
    try (Metrics metrics = new Metrics(named.model);
        Lifecycle lifecycle = Lifecycle.begin(health, drain, DEADLINE)) {
      lifecycle.start(Tracing.begin());
      starter.start(named.settings, lifecycle, health, metrics);
      return lifecycle.awaitEnd();
    }
  }

  /** The settings of one model. */
  private record Named<T>(String model, T settings) {
    static <T> Named<T> of(Section document, Function<Section, T> reader) {
      T settings = reader.apply(document);
      return new Named<>(String.valueOf(document.tree().get("model")), settings);
    }
  }

  /**
   * Starts the services of the process.
   *
   * @param <T> their settings
   */
  @FunctionalInterface
  public interface Starter<T> {
    /** Passes the services to the lifecycle in the order in which they start. */
    void start(T settings, Lifecycle lifecycle, Health health, Metrics metrics)
        throws InterruptedException;
  }
}
