package io.millrace.benchmarks.stream;

import io.millrace.trainer.decoding.RecordFormat;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A stream of records and the network that learns from it. All other settings have their defaults.
 *
 * @param widths the widths of the network's layers, from the features to the classes
 * @param batchSize the number of records in a mini-batch
 * @param records the number of records
 * @param evaluateEvery the number of trained records between two evaluations
 */
public record Workload(
    List<Integer> widths, int batchSize, RecordFormat format, int records, int evaluateEvery) {
  private static final int DEFAULT_INTERVAL = 1600;

  /** The whole window has been replaced since the previous evaluation, as after an epoch. */
  private static final int WHOLE_WINDOW = 20_000;

  static final String LABEL = "label";
  static final String INPUT = "features";

  public static Workload small(int batchSize, RecordFormat format) {
    return new Workload(List.of(16, 128, 64, 26), batchSize, format, 1_600_000, DEFAULT_INTERVAL);
  }

  static Workload large(int batchSize, RecordFormat format) {
    return new Workload(
        List.of(784, 300, 200, 100, 10), batchSize, format, 120_000, DEFAULT_INTERVAL);
  }

  /** Returns the same workload, evaluated only when the whole window is new. */
  Workload withRareEvaluations() {
    return new Workload(widths, batchSize, format, records, WHOLE_WINDOW);
  }

  Workload withRecords(int count) {
    return new Workload(widths, batchSize, format, count, evaluateEvery);
  }

  public int features() {
    return widths.get(0);
  }

  int classes() {
    return widths.get(widths.size() - 1);
  }

  public String topic() {
    return "records-%d-%s".formatted(features(), format()).toLowerCase(Locale.ROOT);
  }

  static String field(int feature) {
    return "f" + feature;
  }

  static String className(int index) {
    return "class-" + index;
  }

  /** Returns the document of the model's settings. */
  public Map<String, Object> document(String bootstrapServers) {
    List<String> fields = IntStream.range(0, features()).mapToObj(Workload::field).toList();
    List<String> classes = IntStream.range(0, classes()).mapToObj(Workload::className).toList();
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("model", topic() + "-" + batchSize + "-" + evaluateEvery);
    document.put("kafka", Map.of("bootstrap_servers", bootstrapServers));
    document.put(
        "records", Map.of("topic", topic(), "format", format.name().toLowerCase(Locale.ROOT)));
    document.put("inputs", Map.of(INPUT, Map.of("fields", fields, "scaling", "standard")));
    document.put("outputs", Map.of(LABEL, Map.of("classes", classes)));
    document.put("network", Map.of("layers", layers()));
    document.put("training", Map.of("batch_size", batchSize, "optimizer", Map.of("type", "adam")));
    document.put("validation", Map.of("evaluate_every", evaluateEvery));
    return document;
  }

  private List<Map<String, Object>> layers() {
    List<Map<String, Object>> layers = new ArrayList<>();
    for (int i = 1; i < widths.size(); i++) {
      String activation = i == widths.size() - 1 ? "softmax" : "relu";
      layers.add(Map.of("type", "dense", "units", widths.get(i), "activation", activation));
    }
    return layers;
  }

  @Override
  public String toString() {
    String network = widths.stream().map(String::valueOf).collect(Collectors.joining("-"));
    return "%s %d %s evaluate_every=%d"
        .formatted(network, batchSize, format.name().toLowerCase(Locale.ROOT), evaluateEvery);
  }
}
