package io.millrace.cli.invocation;

import io.millrace.cli.tables.FileSettings;
import io.millrace.cli.tables.TextColumns;
import io.millrace.fleet.keyed.FleetSettings;
import io.millrace.joiner.JoinerSettings;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.predictor.PredictorSettings;
import io.millrace.runtime.SettingsFile;
import io.millrace.runtime.http.Endpoint;
import io.millrace.runtime.kafka.KafkaSettings;
import io.millrace.settings.InvalidSettingsException;
import io.millrace.settings.Section;
import io.millrace.trainer.TrainerSettings;
import io.millrace.trainer.intake.RecordSettings;
import io.millrace.tuning.trials.SearchSettings;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A model's whole settings file. Every command reads all of it, so the first command reports a
 * mistake in any section.
 */
public record Configuration(
    TrainerSettings trainer,
    PredictorSettings predictor,
    Optional<JoinerSettings> joiner,
    Optional<FleetSettings> fleet,
    FileSettings file,
    Optional<SearchSettings> search) {

  /**
   * Loads a file; the process's environment variables override it.
   *
   * @throws InvalidSettingsException with every problem found
   */
  public static Configuration load(Path file) {
    return load(file, System.getenv());
  }

  public static Configuration load(Path file, Map<String, String> environment) {
    return SettingsFile.load(file, environment).read(Configuration::read);
  }

  /** Reads a whole document. */
  public static Configuration read(Section root) {
    TrainerSettings trainer = TrainerSettings.read(root);
    return new Configuration(
        trainer,
        PredictorSettings.read(root),
        root.optionalSection("join").map(join -> JoinerSettings.read(root)),
        root.optionalSection("fleet").map(fleet -> FleetSettings.read(root, trainer)),
        FileSettings.read(root.section("file")).withTexts(TextColumns.of(trainer.definition())),
        root.optionalSection("search").map(SearchSettings::read));
  }

  public String model() {
    return trainer.model();
  }

  public ModelDefinition definition() {
    return trainer.definition();
  }

  public KafkaSettings kafka() {
    return trainer.kafka();
  }

  public RecordSettings records() {
    return trainer.records();
  }

  public Endpoint serving() {
    return predictor.answering().transport().endpoint();
  }

  public Endpoint management() {
    return trainer.management().transport().endpoint();
  }
}
