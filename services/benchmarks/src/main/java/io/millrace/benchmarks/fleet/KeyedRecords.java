package io.millrace.benchmarks.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.runtime.kafka.ClientProperties;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Records of many keys, drawn by a seed: eight numbers and a class, which is what a weighing of the
 * numbers of the key's own says. They come one millisecond apart.
 */
final class KeyedRecords {
  static final String TOPIC = "sales";
  static final int FIELDS = 8;
  private static final int AT_ONCE = 10_000;
  private static final long FIRST_MILLIS = 1_700_000_000_000L;

  private final int models;
  private final SplittableRandom random = new SplittableRandom(1);

  KeyedRecords(int models) {
    this.models = models;
  }

  /** Creates the topic. */
  void create(ClientProperties clients, int partitions)
      throws ExecutionException, InterruptedException {
    try (Admin admin = Admin.create(clients.admin("fleet-benchmark"))) {
      admin.createTopics(List.of(new NewTopic(TOPIC, partitions, (short) 1))).all().get();
    }
  }

  /** Sends records, the keys in turn at first, so that each has one, and then by chance. */
  void send(ClientProperties clients, int records) throws ExecutionException, InterruptedException {
    Map<String, Object> properties = clients.producer("fleet-benchmark");
    try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(properties)) {
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      for (int number = 0; number < records; number++) {
        sent.add(producer.send(record(number)));
        if (sent.size() == AT_ONCE || number == records - 1) {
          for (Future<RecordMetadata> each : sent) {
            each.get();
          }
          sent.clear();
        }
      }
    }
  }

  static String key(int model) {
    return "shop-" + model;
  }

  private ProducerRecord<byte[], byte[]> record(int number) {
    int model = number < models ? number : random.nextInt(models);
    SplittableRandom weighing = new SplittableRandom(model);
    StringBuilder json = new StringBuilder("{");
    double sum = 0;
    for (int field = 0; field < FIELDS; field++) {
      int value = random.nextInt(-1000, 1000);
      sum += value * (weighing.nextDouble() - 0.5);
      json.append("\"f").append(field).append("\":").append(value / 1000.0).append(',');
    }
    json.append("\"class\":\"").append(sum > 0 ? "up" : "down").append("\"}");
    return new ProducerRecord<>(
        TOPIC,
        null,
        FIRST_MILLIS + number,
        key(model).getBytes(UTF_8),
        json.toString().getBytes(UTF_8));
  }
}
