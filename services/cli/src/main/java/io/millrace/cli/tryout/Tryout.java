package io.millrace.cli.tryout;

import io.millrace.cli.embedded.Checks;
import io.millrace.cli.embedded.InProcess;
import io.millrace.cli.embedded.Replay;
import io.millrace.cli.invocation.Configuration;
import io.millrace.cli.invocation.StopSignal;
import io.millrace.cli.predict.FileSummary;
import io.millrace.cli.produce.Convergence;
import io.millrace.cli.produce.TopicWriter;
import io.millrace.cli.sample.FileGuess;
import io.millrace.cli.scores.Score;
import io.millrace.cli.terminal.LiveDisplay;
import io.millrace.client.Prediction;
import io.millrace.client.PredictorClient;
import io.millrace.quickstart.EmbeddedBroker;
import io.millrace.runtime.kafka.ClientProperties;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The command {@code try}: {@code init}, {@code broker}, {@code produce}, {@code run} and {@code
 * predict} on a file of rows, in this process and on one screen.
 */
public final class Tryout {
  private static final Duration FOLDS_PATIENCE = Duration.ofSeconds(6);
  private static final int PASSED_RECORDS = 2_000_000;
  private static final int MOST_PASSES = 2000;
  private static final int LEAST_PASSES = 20;

  private final TryOptions options;
  private final TriedFile file;
  private final LiveDisplay display;
  private final StopSignal stop;
  private final long begin;

  private Tryout(
      TryOptions options, TriedFile file, LiveDisplay display, StopSignal stop, long begin) {
    this.options = options;
    this.file = file;
    this.display = display;
    this.stop = stop;
    this.begin = begin;
  }

  /**
   * Runs the command and returns the process's exit code.
   *
   * @param guess the model for the file
   */
  public static int run(TryOptions options, FileGuess guess)
      throws IOException, InterruptedException {
    long begin = System.nanoTime();
    TriedFile file = TriedFile.read(options, guess); // no broker before the file is understood
    file.writeSettings();
    LiveDisplay display = LiveDisplay.on(System.out);
    display.print(file.understood());
    try (StopSignal stop = new StopSignal()) {
      return new Tryout(options, file, display, stop, begin).learn();
    }
  }

  private int learn() throws IOException, InterruptedException {
    display.show(List.of("Starting a broker ..."), "starting a broker");
    try (CrossValidation folds = file.isSmall() ? crossValidation() : null;
        EmbeddedBroker broker = EmbeddedBroker.started()) {
      Configuration configuration = file.configuration(broker.bootstrapServers());
      try (InProcess services = InProcess.started(configuration, Duration.ZERO, false);
          PredictorClient client = services.client()) {
        Outcome outcome = learn(configuration, services, client, folds);
        display.print(outcome.lines());
        display.print(file.nextCommands());
        display.print(List.of(outcome.line()));
        return outcome.exitCode();
      }
    }
  }

  private CrossValidation crossValidation() {
    return CrossValidation.begin(file.configuration(), file.rows().kept(), mostPasses());
  }

  private Outcome learn(
      Configuration configuration,
      InProcess services,
      PredictorClient client,
      @Nullable CrossValidation folds)
      throws IOException, InterruptedException {
    Checks checks = new Checks(services.health(), stop);
    Served served = new Served(configuration, client);
    Passes passes =
        new Passes(
            options.file(),
            configuration,
            file.rows(),
            mostPasses(),
            () -> services.progress().learning().counts().records());
    try (Replay replay = new Replay(passes, writer(configuration));
        Convergence convergence = new Convergence(configuration)) {
      replay.start();
      ProgressText text = new ProgressText(display, file.rows().sent());
      new Learning(services, replay, convergence, checks, text).untilEnded();
      passes.stop();
      served.await(file.rows().probe(), isLast(configuration, convergence, replay), checks);
      return outcome(served, convergence, replay, folds);
    }
  }

  private Outcome outcome(
      Served served, Convergence convergence, Replay replay, @Nullable CrossValidation folds)
      throws IOException, InterruptedException {
    Rows rows = file.rows();
    FileSummary heldOut = served.predict(options.file(), rows::isHeldOut);
    Optional<FileSummary> test =
        options.test() == null
            ? Optional.empty()
            : Optional.of(served.predict(options.test(), number -> true));
    boolean converged = convergence.hasEnded();
    long records = converged ? convergence.records() : replay.produced();
    Score validation = folds == null ? heldOut.score() : folds.score(FOLDS_PATIENCE);
    return new Outcome(
        options,
        rows,
        (records + rows.sent() - 1) / rows.sent(),
        converged,
        validation,
        folds == null ? 1 : folds.folds(),
        heldOut,
        test,
        (System.nanoTime() - begin) / 1e9);
  }

  /** Returns whether an answer is by the model that training ended with. */
  private static Predicate<Prediction> isLast(
      Configuration configuration, Convergence convergence, Replay replay) {
    if (convergence.hasEnded()) {
      return answer -> Long.parseLong(answer.version()) >= convergence.version();
    }
    String position = configuration.records().topic() + "-0:" + replay.produced();
    return answer -> position.equals(answer.parameters().get("position"));
  }

  private static TopicWriter writer(Configuration configuration) {
    return new TopicWriter(
        new ClientProperties(configuration.kafka()).producer("millrace-replay"),
        configuration.records().topic());
  }

  /** Returns how often the rows may be sent. Early stopping comes before, where all is well. */
  private int mostPasses() {
    long enough = PASSED_RECORDS / file.rows().sent();
    return options.passes().orElse((int) Math.max(LEAST_PASSES, Math.min(MOST_PASSES, enough)));
  }
}
