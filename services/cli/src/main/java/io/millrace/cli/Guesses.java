package io.millrace.cli;

import io.millrace.cli.failures.UsageException;
import io.millrace.cli.invocation.Configuration;
import io.millrace.cli.sample.Analysis;
import io.millrace.cli.sample.DataSample;
import io.millrace.cli.sample.FileGuess;
import io.millrace.cli.sample.SampledFile;
import io.millrace.cli.sample.SettingsText;
import io.millrace.cli.sample.SettingsText.Source;
import io.millrace.cli.sample.Understood;
import io.millrace.runtime.SettingsFile;
import io.millrace.settings.Spelling;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What {@code init} and {@code try} guess from data. */
final class Guesses {
  /** How many rows are looked at by default. */
  static final String RECORDS = "100000";

  /** Where {@code init} expects a broker by default: where {@code broker} starts one. */
  static final String BOOTSTRAP_SERVERS = "localhost:9092";

  private static final int NAMED = 20;

  private Guesses() {}

  /** Guesses the model of a file for {@code try}: as {@code init} does without options. */
  static FileGuess file(Path file, @Nullable String label) {
    return file(file, label, nameOf(file.toString()), BOOTSTRAP_SERVERS, Integer.parseInt(RECORDS));
  }

  /**
   * Guesses the model of a file.
   *
   * @param label the column that is learned; null to guess it
   * @param model the model's name, which is that of its topic, too
   * @param records how many rows are looked at, at most
   */
  static FileGuess file(
      Path file, @Nullable String label, String model, String bootstrapServers, int records) {
    SampledFile sampled = SampledFile.read(file, records);
    Analysis analysis = analysis(sampled.sample(), label);
    List<String> fileLines = sampled.settings().yaml();
    String yaml =
        settings(
            file,
            analysis,
            new Source(file.toString(), model, model, bootstrapServers, fileLines, true, true));
    return new FileGuess(
        file, yaml, Understood.lines(analysis, file.toString(), sampled.settings().remarks()));
  }

  /** Returns what is understood of a sample. */
  static Analysis analysis(DataSample sample, @Nullable String label) {
    if (label != null && !sample.has(label)) {
      String meant =
          Spelling.nearest(label, sample.names())
              .map(name -> "; did you mean " + name + "?")
              .orElse("");
      throw new UsageException(
          "--label is %s, and there is no such column%s; there are: %s"
              .formatted(label, meant, named(sample.names())));
    }
    return new Analysis(sample, label);
  }

  /**
   * Returns settings as YAML.
   *
   * @param name what messages call the document
   */
  static String settings(Path name, Analysis analysis, Source source) {
    String yaml = SettingsText.of(analysis, source);
    SettingsFile.parse(name, yaml, Map.of()).read(Configuration::read); // validates it
    return yaml;
  }

  /** Returns the name of a file or topic reduced to letters, digits, hyphens and underscores. */
  static String nameOf(String source) {
    String last =
        source.replaceAll(".*[/\\\\ ]", "").replaceAll("\\.(csv|tsv|txt|jsonl?|ndjson|gz)\\b", "");
    String name = last.replaceAll("[^A-Za-z0-9_-]+", "-").replaceAll("^-+|-+$", "");
    return name.isEmpty() ? "model" : name;
  }

  private static String named(List<String> columns) {
    String first = String.join(", ", columns.subList(0, Math.min(NAMED, columns.size())));
    return columns.size() <= NAMED ? first : first + " and " + (columns.size() - NAMED) + " more";
  }
}
