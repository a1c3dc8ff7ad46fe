package io.millrace.benchmarks.serving;

import io.millrace.checkpoints.CheckpointWriter;
import io.millrace.checkpoints.Snapshot;
import io.millrace.predictor.PredictorMain;
import io.millrace.predictor.PredictorSettings;
import io.millrace.quickstart.EmbeddedBroker;
import io.millrace.runtime.kafka.ClientProperties;
import io.millrace.runtime.kafka.Topics;
import io.millrace.settings.Section;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A model on a broker in this process, with predictors in their own processes. */
final class PublishedModel implements AutoCloseable {
  private final EmbeddedBroker broker = EmbeddedBroker.started();
  private final ServedNetwork network;
  private final Map<String, Object> serving;
  private final CheckpointWriter writer;
  private int versions;

  /**
   * Publishes the first version.
   *
   * @param serving the section {@code serving} of the settings
   */
  PublishedModel(ServedNetwork network, Map<String, Object> serving) throws InterruptedException {
    this.network = network;
    this.serving = serving;
    PredictorSettings settings = PredictorSettings.read(Section.root(document(0)));
    ClientProperties clients = new ClientProperties(settings.kafka());
    try (Topics topics = Topics.connect(settings.kafka())) {
      settings
          .checkpoints()
          .topics()
          .definitions()
          .forEach(topic -> topics.ensure("checkpoints.topic", topic));
    }
    writer =
        CheckpointWriter.open(
            clients.producer("benchmark"),
            clients.consumer("benchmark"),
            settings.checkpoints(),
            ServedNetwork.MODEL);
    publish();
  }

  /** Publishes the next version. */
  void publish() {
    Snapshot next = network.snapshot(++versions);
    writer.write(next, List.of());
  }

  int versions() {
    return versions;
  }

  /** Starts a predictor and waits until it is ready. */
  ServerProcess predictor(int port) throws IOException, InterruptedException {
    Path file = Files.createTempFile("millrace-benchmark", ".yaml");
    try {
      Files.writeString(file, Yaml.of(document(port)));
      ServerProcess process = ServerProcess.java(PredictorMain.class, file.toString());
      process.awaitReadiness(port);
      return process;
    } finally {
      Files.delete(file);
    }
  }

  Load.Target target(int port, int rows) {
    return new Load.Target(port, ServedNetwork.PATH, network.request(rows));
  }

  @Override
  public void close() {
    writer.close();
    broker.close();
  }

  private Map<String, Object> document(int port) {
    Map<String, Object> section = new LinkedHashMap<>(serving);
    section.put("port", port);
    return Map.of(
        "model",
        ServedNetwork.MODEL,
        "kafka",
        Map.of("bootstrap_servers", broker.bootstrapServers()),
        "serving",
        section);
  }
}
