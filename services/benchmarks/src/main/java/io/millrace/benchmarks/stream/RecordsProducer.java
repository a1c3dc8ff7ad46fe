package io.millrace.benchmarks.stream;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes the records of workloads to their topics, which have one partition each. */
final class RecordsProducer {
  private final String bootstrapServers;
  private final Set<String> filled = new HashSet<>();

  RecordsProducer(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
  }

  /** Ensures that all records of a workload are on its topic. */
  void fill(Workload workload) throws ExecutionException, InterruptedException {
    if (!filled.add(workload.topic())) {
      return;
    }
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      admin.createTopics(List.of(new NewTopic(workload.topic(), 1, (short) 1))).all().get();
    }
    try (Producer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers, "linger.ms", 20),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      send(workload, producer);
    }
  }

  private static void send(Workload workload, Producer<byte[], byte[]> producer)
      throws ExecutionException, InterruptedException {
    Examples examples = new Examples(workload);
    List<Future<RecordMetadata>> sent = new ArrayList<>(workload.records());
    for (int number = 0; number < workload.records(); number++) {
      sent.add(producer.send(new ProducerRecord<>(workload.topic(), examples.record(number))));
    }
    for (Future<RecordMetadata> future : sent) {
      future.get();
    }
  }
}
