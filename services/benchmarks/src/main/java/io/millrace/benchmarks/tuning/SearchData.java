package io.millrace.benchmarks.tuning;

import io.millrace.quickstart.LetterRecognition;
import io.millrace.runtime.SettingsFile;
import io.millrace.settings.Section;
import io.millrace.trainer.TrainerSettings;
import io.millrace.tuning.data.DecodedRecords;
import io.millrace.tuning.data.RecordCollector;
import io.millrace.tuning.trials.Search;
import io.millrace.tuning.trials.SearchSettings;
import io.millrace.tuning.trials.TrialModels;
import io.millrace.tuning.trials.TrialResult;
import io.millrace.tuning.trials.TrialRules;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Records in memory, and a model whose settings are searched. */
final class SearchData {
  private static final String MODEL =
      """
      model: searched
      kafka: {bootstrap_servers: "localhost:9092"}
      records: {topic: searched, format: csv, columns: [%1$s]}
      inputs: {x: {fields: [%2$s]}}
      outputs: {%3$s}
      network:
        layers:
          - {type: dense, units: 32, activation: relu}
          - {%4$s}
      training: {optimizer: {type: adam}}
      validation: {holdout: 0.3}
      """;

  private final String name;
  private final SettingsFile file;
  private final TrainerSettings settings;
  private final DecodedRecords records;

  private SearchData(String name, String model, List<String> lines) {
    this.name = name;
    this.file = SettingsFile.parse(Path.of("model.yaml"), model, Map.of());
    this.settings = file.read(TrainerSettings::read);
    RecordCollector collector = new RecordCollector(settings, lines.size());
    for (int i = 0; i < lines.size(); i++) {
      byte[] value = lines.get(i).getBytes(StandardCharsets.UTF_8);
      collector.add(new ConsumerRecord<>("searched", 0, i, new byte[0], value), () -> "");
    }
    this.records = collector.collected();
  }

  /** A regression, the mean squared error as the loss. */
  static SearchData friedman(int count) {
    List<String> lines = FriedmanCsv.lines(count);
    String columns = lines.get(0);
    String features = columns.substring(0, columns.length() - ",y".length());
    return new SearchData(
        "friedman",
        MODEL.formatted(columns, features, "y: {}", "type: dense, units: 1"),
        lines.subList(1, lines.size()));
  }

  /** 26 classes, the cross-entropy as the loss. */
  static SearchData letters(int count) {
    List<String> header = LetterRecognition.header();
    List<String> lines = new ArrayList<>();
    LetterRecognition.rows().stream().limit(count).forEach(row -> lines.add(String.join(",", row)));
    return new SearchData(
        "letters",
        MODEL.formatted(
            String.join(", ", header),
            String.join(", ", header.subList(1, header.size())),
            "letter: {classes: [A, B, C, D, E, F, G, H, I, J, K, L, M, \"N\", O, P, Q, R, S, T, U,"
                + " V, W, X, \"Y\", Z]}",
            "type: dense, units: 26, activation: softmax"),
        lines);
  }

  String name() {
    return name;
  }

  /** Searches with the section {@code search}, and returns the trials. */
  List<TrialResult> search(Map<String, ?> section, int threads) throws InterruptedException {
    Section read = Section.root(section);
    SearchSettings search = SearchSettings.read(read);
    read.finish();
    TrialRules rules =
        new TrialRules(
            new TrialModels(file, settings.definition()),
            records,
            search.judging().splitting().of(records, settings.learner().validation()),
            search.judging());
    try (Search running = new Search(search, rules, threads, new Unwatched(), () -> false)) {
      return running.run();
    }
  }

  private static final class Unwatched implements Search.Listener {
    @Override
    public void ended(TrialResult result) {}

    @Override
    public void running(List<Search.Running> trials) {}
  }
}
