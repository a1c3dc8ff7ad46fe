package io.millrace.benchmarks.fleet;

import io.millrace.benchmarks.serving.ServerProcess;
import io.millrace.benchmarks.serving.Yaml;
import io.millrace.fleet.FleetMain;
import io.millrace.runtime.kafka.ClientProperties;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** A fleet in processes of its own, one after the other where they are killed. */
final class FleetProcess implements AutoCloseable {
  private static final Duration LOOK = Duration.ofMillis(100);

  private final String model;
  private final ClientProperties clients;
  private final Path settings;
  private ServerProcess process;
  private double cpuSecondsBefore;
  private double peakMebibytes;

  /**
   * @param folder takes the settings and the state
   */
  FleetProcess(
      String model, Options options, String bootstrapServers, ClientProperties clients, Path folder)
      throws IOException {
    this.model = model;
    this.clients = clients;
    this.settings =
        Files.writeString(folder.resolve(model + ".yaml"), yaml(options, bootstrapServers));
    process = ServerProcess.java(FleetMain.class, settings.toString());
  }

  /**
   * What is measured.
   *
   * @param interval between two transactions
   */
  record Options(int batchSize, Duration interval, int cacheMegabytes, int servingPort) {}

  Path settings() {
    return settings;
  }

  /** Kills the process, and starts another one. */
  void killAndStart() throws IOException, InterruptedException {
    look();
    cpuSecondsBefore += process.cpuSeconds();
    process.close();
    process.awaitEnd();
    process = ServerProcess.java(FleetMain.class, settings.toString());
  }

  /** Waits until a number of records has been committed; returns how many have. */
  long awaitCommitted(long records) throws ExecutionException, InterruptedException, IOException {
    try (Admin admin = Admin.create(clients.admin("fleet-benchmark"))) {
      long committed = committed(admin);
      while (committed < records) {
        look();
        Thread.sleep(LOOK.toMillis());
        committed = committed(admin);
      }
      return committed;
    }
  }

  double cpuSeconds() throws IOException {
    return cpuSecondsBefore + process.cpuSeconds();
  }

  double peakMebibytes() throws IOException {
    look();
    return peakMebibytes;
  }

  @Override
  public void close() throws Exception {
    process.terminate();
    process.awaitEnd();
  }

  private void look() throws IOException {
    if (!process.isAlive()) {
      throw new IOException("The fleet has ended");
    }
    peakMebibytes = Math.max(peakMebibytes, process.residentMebibytes());
  }

  private long committed(Admin admin) throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetAndMetadata> offsets =
        admin.listConsumerGroupOffsets(model + ".fleet").partitionsToOffsetAndMetadata().get();
    return offsets.values().stream()
        .filter(offset -> offset != null)
        .mapToLong(OffsetAndMetadata::offset)
        .sum();
  }

  private String yaml(Options options, String bootstrapServers) {
    List<String> fields = new ArrayList<>();
    IntStream.range(0, KeyedRecords.FIELDS).forEach(field -> fields.add("f" + field));
    Map<String, Object> document = new HashMap<>();
    document.put("model", model);
    document.put("kafka", kafka(bootstrapServers));
    document.put("records", Map.of("topic", KeyedRecords.TOPIC));
    document.put("inputs", Map.of("features", Map.of("fields", fields)));
    document.put("outputs", Map.of("class", Map.of("classes", List.of("down", "up"))));
    document.put(
        "network",
        Map.of(
            "layers",
            List.of(
                Map.of("type", "dense", "units", 16, "activation", "relu"),
                Map.of("type", "dense", "units", 2, "activation", "softmax"))));
    document.put("training", Map.of("batch_size", options.batchSize()));
    document.put("validation", Map.of("window", 64, "min_window", 8, "evaluate_every", 64));
    document.put("checkpoints", Map.of("interval", options.interval().toMillis() + "ms"));
    document.put("serving", Map.of("port", options.servingPort()));
    document.put("management", Map.of("port", 0));
    document.put(
        "fleet", Map.of("cache_mb", options.cacheMegabytes(), "state_dir", "state-" + model));
    return Yaml.of(document);
  }

  private static Map<String, Object> kafka(String bootstrapServers) {
    Map<String, String> detection = // of killed processes
        Map.of("session.timeout.ms", "6000", "heartbeat.interval.ms", "1000");
    return Map.of("bootstrap_servers", bootstrapServers, "properties", detection);
  }
}
