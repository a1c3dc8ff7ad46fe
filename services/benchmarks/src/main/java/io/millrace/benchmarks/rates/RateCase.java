package io.millrace.benchmarks.rates;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.checkpoints.DefinitionJson;
import io.millrace.runtime.SettingsFile;
import io.millrace.settings.Section;
import io.millrace.trainer.TrainerSettings;
import io.millrace.tuning.data.DecodedRecords;
import io.millrace.tuning.data.RecordCollector;
import io.millrace.tuning.data.Split;
import io.millrace.tuning.rates.RangeCurve;
import io.millrace.tuning.rates.RangeTest;
import io.millrace.tuning.rates.RateRange;
import io.millrace.tuning.trials.Search;
import io.millrace.tuning.trials.SearchSettings;
import io.millrace.tuning.trials.TrialModels;
import io.millrace.tuning.trials.TrialResult;
import io.millrace.tuning.trials.TrialRules;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** One data set, optimizer and seed: the range test, and training at given rates. */
final class RateCase {
  private static final String RATE = "training.optimizer.learning_rate";

  private final LabelledRows data;
  private final String optimizer;
  private final int epochs;
  private final SettingsFile file;
  private final TrainerSettings settings;
  private final DecodedRecords records;

  RateCase(LabelledRows data, String optimizer, int seed, int epochs) {
    this.data = data;
    this.optimizer = optimizer;
    this.epochs = epochs;
    file = SettingsFile.parse(Path.of("model.yaml"), DefinitionJson.write(model(seed)), Map.of());
    settings = file.read(TrainerSettings::read);
    RecordCollector collector = new RecordCollector(settings, data.rows().size());
    for (int i = 0; i < data.rows().size(); i++) {
      byte[] key = String.valueOf(i).getBytes(UTF_8);
      collector.add(new ConsumerRecord<>("rows", 0, i, key, json(data.rows().get(i))), () -> "");
    }
    records = collector.collected();
    if (records.rejections() > 0) {
      throw new IllegalStateException(records.rejected().toString());
    }
  }

  /** Makes the range test with its default range. */
  RangeCurve rangeTest() {
    return RangeTest.run(
        new RateRange(1e-5, 10, 500), records, settings.definition(), settings.learner());
  }

  /**
   * Returns the best validation loss of each rate, or NaN where training failed; of two rates at
   * least.
   */
  Map<Double, Double> train(List<Double> rates) throws InterruptedException {
    SearchSettings search = SearchSettings.read(Section.root(search(rates)));
    List<Split> splits = search.judging().splitting().of(records, settings.learner().validation());
    TrialRules rules =
        new TrialRules(
            new TrialModels(file, settings.definition()), records, splits, search.judging());
    Map<Double, Double> losses = new LinkedHashMap<>();
    int threads = Math.min(2, Runtime.getRuntime().availableProcessors());
    try (Search running = new Search(search, rules, threads, new Silent(), () -> false)) {
      for (TrialResult result : running.run()) {
        Number rate = (Number) Objects.requireNonNull(result.settings().get(RATE));
        losses.put(rate.doubleValue(), result.score());
      }
    }
    return losses;
  }

  private Map<String, Object> search(List<Double> rates) {
    return Map.of(
        "space",
        Map.of(RATE, Map.of("choice", rates)),
        "method",
        "grid",
        "validation",
        "holdout",
        "epochs",
        epochs,
        "patience",
        epochs,
        "trials",
        rates.size());
  }

  private Map<String, Object> model(int seed) {
    boolean isNumber = data.classes().isEmpty();
    int outputs = isNumber ? 1 : data.classes().size();
    List<Object> layers = new ArrayList<>();
    layers.add(Map.of("type", "dense", "units", 128, "activation", "relu"));
    layers.add(Map.of("type", "dense", "units", 64, "activation", "relu"));
    layers.add(
        isNumber
            ? Map.of("type", "dense", "units", outputs)
            : Map.of("type", "dense", "units", outputs, "activation", "softmax"));
    return Map.of(
        "model", "rates",
        "kafka", Map.of("bootstrap_servers", "localhost:9092"),
        "records", Map.of("topic", "rows", "format", "json"),
        "inputs", Map.of("features", Map.of("fields", fields())),
        "outputs", Map.of("label", isNumber ? Map.of() : Map.of("classes", data.classes())),
        "network", Map.of("layers", layers),
        "training", Map.of("batch_size", 32, "seed", seed, "optimizer", Map.of("type", optimizer)),
        "validation", Map.of("holdout", 0.2));
  }

  private List<String> fields() {
    return IntStream.range(0, data.features()).mapToObj(i -> "f" + i).toList();
  }

  private byte[] json(List<String> row) {
    StringBuilder text = new StringBuilder("{");
    for (int i = 0; i < data.features(); i++) {
      text.append("\"f").append(i).append("\":").append(row.get(i)).append(',');
    }
    String label = row.get(data.features());
    String quote = data.classes().isEmpty() ? "" : "\"";
    text.append("\"label\":").append(quote).append(label).append(quote).append('}');
    return text.toString().getBytes(UTF_8);
  }

  private static final class Silent implements Search.Listener {
    @Override
    public void ended(TrialResult result) {}

    @Override
    public void running(List<Search.Running> trials) {}
  }
}
