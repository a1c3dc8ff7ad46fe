package io.millrace.cli;

import io.millrace.cli.failures.UsageException;
import io.millrace.cli.invocation.Configuration;
import io.millrace.cli.invocation.Logs;
import io.millrace.cli.options.Arguments;
import io.millrace.cli.options.ConfigOption;
import io.millrace.cli.options.StretchOption;
import io.millrace.cli.tune.CurveRun;
import io.millrace.cli.tune.Together;
import io.millrace.cli.tune.TuneOptions;
import io.millrace.cli.tune.Tuning;
import io.millrace.runtime.SettingsFile;
import io.millrace.settings.InvalidSettingsException;
import io.millrace.settings.Problem;
import io.millrace.tuning.trials.SearchSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code tune}. */
@Command(
    name = "tune",
    mixinStandardHelpOptions = true,
    description = {
      "Searches the settings that the section `search` names for the best ones. Records of the topic,"
          + " or of a file, are decoded once; trials train on all cores.",
      "Writes only what options ask for: the model that runs stays as it is."
    })
final class TuneCommand implements Callable<Integer> {
  @Mixin private final ConfigOption config = new ConfigOption();
  @Mixin private final StretchOption stretch = new StretchOption();

  @Option(
      names = "--trials",
      paramLabel = "N",
      description = "How many settings are tried, in the place of search.trials.")
  private @Nullable Integer trials;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "How many trials train at a time; default: one a core. Results do not depend on it.")
  private @Nullable Integer threads;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description =
          "Writes the best settings, and every trial as it ends beside them, to FILE.trials.jsonl.")
  private @Nullable Path output;

  @Option(names = "--resume", description = "Goes on with the interrupted search of --output.")
  private boolean resume;

  @Option(
      names = "--ensemble",
      paramLabel = "K|folds",
      description =
          "Also judges the mean of the best K trials' predictions; folds is the mean of the best"
              + " trial's models, one a fold of kfold.")
  private @Nullable String ensemble;

  @Option(
      names = "--publish",
      paramLabel = "NAME",
      description =
          "Publishes the models of --ensemble, trained on all records, as the first versions of"
              + " models NAME-1, NAME-2 and so on, which a predictor can serve together. Models of"
              + " folds are published as they are. Existing models are never touched.")
  private @Nullable String publish;

  @Option(
      names = "--page",
      paramLabel = "PORT",
      description = "Shows the search as a page on this port, to this machine alone.")
  private @Nullable Integer page;

  @Option(
      names = "--tensorboard",
      paramLabel = "FOLDER",
      description = "Writes every trial as a run for TensorBoard, with its hyperparameters.")
  private @Nullable Path tensorboard;

  @Option(
      names = "--learning-curve",
      description =
          "Searches nothing: shows the score of the settings as they are by the number of records"
              + " learned.")
  private boolean learningCurve;

  @Option(names = "--json", description = "Prints the result as one line of JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Arguments.atLeast("--trials", trials, 1);
    Arguments.atLeast("--threads", threads, 1);
    if (page != null) {
      Arguments.port("--page", page);
    }
    if (learningCurve && isOfSearch()) {
      throw new UsageException(
          "--learning-curve searches nothing; leave out --output, --ensemble, --page and"
              + " --tensorboard");
    }
    if (resume && output == null) {
      throw new UsageException("--resume needs --output, beside which the trials are");
    }
    SettingsFile file = SettingsFile.load(config.file(), System.getenv());
    Configuration configuration = file.read(Configuration::read);
    Logs.silent();
    if (learningCurve) {
      return CurveRun.run(options(), file, configuration);
    }
    SearchSettings search = configuration.search().orElseThrow(TuneCommand::noSearch);
    return Tuning.run(
        options(), trials == null ? search : search.withTrials(trials), file, configuration);
  }

  private boolean isOfSearch() {
    return output != null || ensemble != null || page != null || tensorboard != null;
  }

  private TuneOptions options() {
    int cores = Runtime.getRuntime().availableProcessors();
    return new TuneOptions(
        stretch.stretch(),
        threads == null ? cores : threads,
        output,
        resume,
        Together.of(ensemble, publish),
        page,
        tensorboard,
        json);
  }

  private static InvalidSettingsException noSearch() {
    return new InvalidSettingsException(
        List.of(
            new Problem(
                "search",
                "is required: the settings to vary, such as `search: {space:"
                    + " {training.optimizer.learning_rate: {log_float: [1e-4, 1e-1]}}}`; see"
                    + " `millrace help choosing`")));
  }
}
