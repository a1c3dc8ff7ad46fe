package io.millrace.benchmarks.serving;

import io.millrace.benchmarks.stream.Examples;
import io.millrace.benchmarks.stream.Workload;
import io.millrace.client.Address;
import io.millrace.client.ClientOptions;
import io.millrace.client.Prediction;
import io.millrace.client.PredictionRequest;
import io.millrace.client.PredictorClient;
import io.millrace.predictor.PredictorMain;
import io.millrace.quickstart.EmbeddedBroker;
import io.millrace.quickstart.FreePort;
import io.millrace.runtime.kafka.KafkaSettings;
import io.millrace.runtime.kafka.Topics;
import io.millrace.trainer.TrainerMain;
import io.millrace.trainer.decoding.RecordFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures how long it takes until a record influences the answers. */
@Command(
    name = "freshness",
    description = {
      "A trainer and a predictor as processes: the time from sending a record to the first answer of",
      "a model whose position is behind it, for every record after the first ten seconds."
    },
    mixinStandardHelpOptions = true)
public final class FreshnessCommand implements Callable<Integer> {
  private static final int WARM_UP_SECONDS = 10;
  private static final int PREPARED = 20_000; // different records, sent in turn
  private static final long PAUSE_NANOS = 1_000_000;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "10000",
      description = "records a second (default: ${DEFAULT-VALUE})")
  private int rate;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "60",
      description = "of measuring (default: ${DEFAULT-VALUE})")
  private int seconds;

  @Option(
      names = "--interval",
      paramLabel = "TIME",
      defaultValue = "500ms",
      description = "checkpoints.interval (default: ${DEFAULT-VALUE})")
  private String interval = "";

  private final Workload workload = Workload.small(32, RecordFormat.PROTOBUF);
  private final Histogram freshness = new Histogram(3);

  @Override
  public Integer call() throws IOException, InterruptedException {
    try (EmbeddedBroker broker = EmbeddedBroker.started()) {
      int port = FreePort.find();
      Path file = Files.createTempFile("millrace-benchmark", ".yaml");
      Files.writeString(file, Yaml.of(document(broker.bootstrapServers(), port)));
      try (Topics topics = Topics.connect(new KafkaSettings(broker.bootstrapServers(), Map.of()))) {
        topics.ensure("records.topic", new NewTopic(workload.topic(), 1, (short) 1));
      }
      try (ServerProcess trainer = ServerProcess.java(TrainerMain.class, file.toString());
          ServerProcess predictor = ServerProcess.java(PredictorMain.class, file.toString())) {
        measure(broker.bootstrapServers(), port, predictor);
      } finally {
        Files.delete(file);
      }
    }
    return 0;
  }

  private void measure(String bootstrapServers, int port, ServerProcess predictor)
      throws IOException, InterruptedException {
    AtomicLongArray sentNanos = new AtomicLongArray(rate * (WARM_UP_SECONDS + seconds + 60));
    Sender sender = new Sender(bootstrapServers, sentNanos);
    Thread sending = new Thread(sender, "sender");
    sending.start();
    predictor.awaitReadiness(port);
    try (PredictorClient client =
        new PredictorClient(ClientOptions.of(new Address("127.0.0.1", port)))) {
      follow(client, sentNanos);
    }
    sender.done = true;
    sending.join();
    System.out.printf(
        Locale.ROOT,
        "records_per_second=%d interval=%s records=%d p50_ms=%.0f p90_ms=%.0f p99_ms=%.0f"
            + " p999_ms=%.0f max_ms=%.0f%n",
        rate,
        interval,
        freshness.getTotalCount(),
        millis(50),
        millis(90),
        millis(99),
        millis(99.9),
        millis(100));
  }

  private double millis(double percentile) {
    return freshness.getValueAtPercentile(percentile) / 1e6;
  }

  private void follow(PredictorClient client, AtomicLongArray sentNanos) throws IOException {
    PredictionRequest request =
        PredictionRequest.to(model()).numbers("features", new float[workload.features()]);
    long begin = System.nanoTime();
    long warm = begin + WARM_UP_SECONDS * 1_000_000_000L;
    long end = warm + seconds * 1_000_000_000L;
    int learned = -1;
    for (long now = begin; now < end; now = System.nanoTime()) {
      Prediction prediction = client.predict(request);
      long answered = System.nanoTime();
      int position = position(prediction);
      for (int i = Math.max(0, learned); learned >= 0 && i < position; i++) {
        if (sentNanos.get(i) >= warm) {
          freshness.recordValue(answered - sentNanos.get(i));
        }
      }
      learned = position;
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private static int position(Prediction prediction) {
    String position = String.valueOf(prediction.parameters().get("position"));
    return Integer.parseInt(position.substring(position.lastIndexOf(':') + 1));
  }

  private String model() {
    return String.valueOf(workload.document("").get("model"));
  }

  private Map<String, Object> document(String bootstrapServers, int port) {
    Map<String, Object> document = new LinkedHashMap<>(workload.document(bootstrapServers));
    document.put("checkpoints", Map.of("interval", interval));
    document.put("serving", Map.of("port", port));
    document.put("management", Map.of("port", 0));
    return document;
  }

  /** Sends records at a constant rate. A record's offset is its number. */
  private final class Sender implements Runnable {
    private final String bootstrapServers;
    private final AtomicLongArray sentNanos;
    private volatile boolean done;

    Sender(String bootstrapServers, AtomicLongArray sentNanos) {
      this.bootstrapServers = bootstrapServers;
      this.sentNanos = sentNanos;
    }

    @Override
    public void run() {
      byte[][] records = prepared();
      try (Producer<byte[], byte[]> producer =
          new KafkaProducer<>(
              Map.of("bootstrap.servers", bootstrapServers),
              new ByteArraySerializer(),
              new ByteArraySerializer())) {
        long start = System.nanoTime();
        for (int sent = 0; !done; ) {
          long due = (System.nanoTime() - start) * rate / 1_000_000_000L;
          for (; sent < due; sent++) {
            sentNanos.set(sent, System.nanoTime());
            Future<RecordMetadata> ignored =
                producer.send(
                    new ProducerRecord<>(workload.topic(), records[sent % PREPARED]), Sender::sent);
          }
          LockSupport.parkNanos(PAUSE_NANOS);
        }
      }
    }

    private static void sent(RecordMetadata where, @Nullable Exception failure) {
      if (failure != null) {
        System.err.println("A record was lost: " + failure);
      }
    }

    private byte[][] prepared() {
      Examples examples = new Examples(workload);
      byte[][] records = new byte[PREPARED][];
      for (int i = 0; i < PREPARED; i++) {
        records[i] = examples.record(i);
      }
      return records;
    }
  }
}
