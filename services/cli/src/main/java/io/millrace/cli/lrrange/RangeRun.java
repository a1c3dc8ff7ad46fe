package io.millrace.cli.lrrange;

import io.millrace.checkpoints.DefinitionJson;
import io.millrace.cli.failures.CommandFailedException;
import io.millrace.cli.invocation.Configuration;
import io.millrace.cli.stretch.LoadedRecords;
import io.millrace.cli.terminal.Figures;
import io.millrace.cli.terminal.LiveDisplay;
import io.millrace.learning.LearnerSettings;
import io.millrace.runtime.SettingsFile;
import io.millrace.tuning.rates.RangeCurve;
import io.millrace.tuning.rates.RangeTest;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;

/** A range test as a command: reads, learns, shows, and writes what is asked for. */
public final class RangeRun {
  private RangeRun() {}

  /**
   * Makes the test and returns the exit code: 1 where it suggests nothing.
   *
   * @throws CommandFailedException if there are too few records, or nothing can be applied
   */
  public static int run(Path config, RangeOptions options) throws IOException {
    SettingsFile file = SettingsFile.load(config, System.getenv());
    Configuration configuration = file.read(Configuration::read);
    RateSetting setting = new RateSetting(config, file);
    if (options.apply()) {
      setting.requireNumber();
    }
    LiveDisplay display = options.display();
    LoadedRecords loaded = options.stretch().read(configuration);
    LearnerSettings learner = configuration.trainer().learner();
    learner.requireNoOtherModel();
    require(loaded, learner);
    display.print(loaded.lines());
    RangeText text = new RangeText(options.range(), learner, loaded.records().size());
    display.print(text.plan());
    RangeCurve curve =
        RangeTest.run(options.range(), loaded.records(), configuration.definition(), learner);
    display.print(text.chart(curve, Charset.defaultCharset()));
    display.print(text.verdict(curve));
    write(configuration.model(), options, curve, display);
    if (options.json()) {
      System.out.println(DefinitionJson.write(text.json(configuration.model(), curve)));
    }
    return apply(options, setting, curve, configuration, display);
  }

  private static int apply(
      RangeOptions options,
      RateSetting setting,
      RangeCurve curve,
      Configuration configuration,
      LiveDisplay display)
      throws IOException {
    OptionalDouble rate = curve.suggestion();
    if (rate.isEmpty()) {
      return 1;
    }
    if (options.apply()) {
      setting.write(rate.getAsDouble(), configuration.trainer().learner().training().optimizer());
      display.print(List.of("wrote it into " + setting.file()));
    }
    return 0;
  }

  private static void write(
      String model, RangeOptions options, RangeCurve curve, LiveDisplay display)
      throws IOException {
    if (options.output() != null) {
      Files.writeString(options.output(), RangePicture.svg(model, curve));
      display.print(List.of("wrote the chart to " + options.output()));
    }
  }

  private static void require(LoadedRecords loaded, LearnerSettings learner) {
    int records = loaded.records().size();
    if (records < learner.training().batchSize()) {
      throw new CommandFailedException(
          "%s has %s usable records, fewer than the %s of one mini-batch (training.batch_size)"
              .formatted(
                  loaded.name(),
                  Figures.count(records),
                  Figures.count(learner.training().batchSize())));
    }
  }
}
