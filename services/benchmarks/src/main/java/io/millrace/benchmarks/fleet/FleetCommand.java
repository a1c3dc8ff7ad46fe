package io.millrace.benchmarks.fleet;

import io.millrace.benchmarks.fleet.FleetProcess.Options;
import io.millrace.quickstart.EmbeddedBroker;
import io.millrace.quickstart.FreePort;
import io.millrace.runtime.kafka.ClientProperties;
import io.millrace.runtime.kafka.KafkaSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures a fleet, and kills it. */
@Command(
    name = "fleet",
    description = {
      "Learns models of many keys from a topic of an embedded broker, in a process of its own, and",
      "prints records a second, processor time for a record, and the process's peak memory. Then",
      "another fleet learns the same records, is killed with SIGKILL at random moments, and has to",
      "end with the same bytes: every model's weights, state, and waiting records."
    },
    mixinStandardHelpOptions = true)
public final class FleetCommand implements Callable<Integer> {
  private static final int MICROS = 1_000_000;

  private final int servingPort = FreePort.find();

  @Option(names = "--models", description = "Keys; default: ${DEFAULT-VALUE}.")
  private int models = 10_000;

  @Option(names = "--records", description = "Records; default: ${DEFAULT-VALUE}.")
  private int records = 1_000_000;

  @Option(
      names = "--kills",
      description = "SIGKILLs of the second fleet; default: ${DEFAULT-VALUE}.")
  private int kills = 5;

  @Option(names = "--partitions", description = "Partitions; default: ${DEFAULT-VALUE}.")
  private int partitions = 4;

  @Option(
      names = "--batch-size",
      description = "Records of a mini-batch; default: ${DEFAULT-VALUE}.")
  private int batchSize = 8;

  @Option(
      names = "--interval-ms",
      description = "Milliseconds between transactions; default: ${DEFAULT-VALUE}.")
  private int intervalMillis = 5000;

  @Option(names = "--cache-mb", description = "The fleet's cache_mb; default: ${DEFAULT-VALUE}.")
  private int cacheMegabytes = 128;

  @Option(names = "--seed", description = "Of the moments of the kills; default: ${DEFAULT-VALUE}.")
  private long seed = 1;

  @Override
  public Integer call() throws Exception {
    Path folder = Files.createTempDirectory("fleet-benchmark");
    try (EmbeddedBroker broker = EmbeddedBroker.started()) {
      ClientProperties clients =
          new ClientProperties(new KafkaSettings(broker.bootstrapServers(), Map.of()));
      KeyedRecords stream = new KeyedRecords(models);
      stream.create(clients, partitions);
      stream.send(clients, records);
      Map<String, String> whole = uninterrupted(broker, clients, folder);
      return kills == 0 || isSame(whole, killed(broker, clients, folder)) ? 0 : 1;
    }
  }

  private Map<String, String> uninterrupted(
      EmbeddedBroker broker, ClientProperties clients, Path folder) throws Exception {
    try (FleetProcess fleet = fleet("whole", broker, clients, folder)) {
      long before = fleet.awaitCommitted(1);
      double cpu = fleet.cpuSeconds();
      long begun = System.nanoTime();
      fleet.awaitCommitted(records);
      double seconds = (System.nanoTime() - begun) / 1e9;
      double used = fleet.cpuSeconds();
      System.out.printf(
          Locale.ROOT,
          "models=%d records=%d rate=%.0f/s cpu=%.1fus/record (%.1fus with the start) peak=%.0fMiB%n",
          models,
          records,
          (records - before) / seconds,
          (used - cpu) / (records - before) * MICROS,
          used / records * MICROS,
          fleet.peakMebibytes());
      new ColdAnswers("whole", servingPort).measure(fleet.settings(), models);
    }
    return new StoredModels(clients).of("whole");
  }

  private Map<String, String> killed(EmbeddedBroker broker, ClientProperties clients, Path folder)
      throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    try (FleetProcess fleet = fleet("killed", broker, clients, folder)) {
      for (int kill = 0; kill < kills; kill++) {
        fleet.awaitCommitted((long) (records * (kill + random.nextDouble()) / (kills + 1)));
        Thread.sleep(random.nextInt(intervalMillis));
        fleet.killAndStart();
        System.out.printf("killed=%d%n", kill + 1);
      }
      fleet.awaitCommitted(records);
    }
    return new StoredModels(clients).of("killed");
  }

  private static boolean isSame(Map<String, String> whole, Map<String, String> killed) {
    long same =
        whole.entrySet().stream()
            .filter(each -> each.getValue().equals(killed.get(each.getKey())))
            .count();
    System.out.printf("entries=%d same=%d others=%d%n", whole.size(), same, killed.size() - same);
    return same == whole.size() && killed.size() == whole.size();
  }

  private FleetProcess fleet(
      String model, EmbeddedBroker broker, ClientProperties clients, Path folder)
      throws IOException {
    return new FleetProcess(
        model,
        new Options(batchSize, Duration.ofMillis(intervalMillis), cacheMegabytes, servingPort),
        broker.bootstrapServers(),
        clients,
        folder);
  }
}
