package io.millrace.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerTest {
  private static final TopicPartition PARTITION = new TopicPartition("letters", 0);

  @Test
  void broker_stoppedAndStarted_keepsPortAndData() throws Exception {
    Path folder;
    try (EmbeddedBroker broker = EmbeddedBroker.started()) {
      // Given
      folder = broker.folder();
      String address = broker.bootstrapServers();
      createTopic(broker);
      commit(broker, "before");

      // When
      broker.stop();
      broker.start();
      commit(broker, "after");

      // Then
      assertThat(broker.bootstrapServers()).isEqualTo(address);
      assertThat(committed(broker, 2)).containsExactly("before", "after");
    }
    assertThat(folder).doesNotExist();
  }

  @Test
  void keptIn_secondBrokerOnAnotherPort_goesOnWithTheClusterAndItsData(@TempDir Path temporary)
      throws Exception {
    // Given
    Path folder = temporary.resolve("not/there/yet");
    String clusterId;
    try (EmbeddedBroker broker = EmbeddedBroker.keptIn(folder, FreePort.find())) {
      createTopic(broker);
      commit(broker, "before");
      clusterId = clusterId(broker);
    }

    // When
    try (EmbeddedBroker broker = EmbeddedBroker.keptIn(folder, FreePort.find())) {
      commit(broker, "after");

      // Then
      assertThat(committed(broker, 2)).containsExactly("before", "after");
      assertThat(clusterId(broker)).isEqualTo(clusterId);
    }
    assertThat(folder).isNotEmptyDirectory();
  }

  @Test
  void keptIn_folderOrPortInUse_saysSoAndLeavesTheOther(@TempDir Path folder) throws Exception {
    int port = FreePort.find();
    try (EmbeddedBroker broker = EmbeddedBroker.keptIn(folder, port)) {
      // When, Then
      assertThatThrownBy(() -> EmbeddedBroker.keptIn(folder, FreePort.find()))
          .isInstanceOf(IOException.class)
          .hasMessage(
              folder + " is in use by another broker; end that one, or name another folder");
      assertThatThrownBy(() -> EmbeddedBroker.keptIn(folder.resolve("b"), port))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("port " + port + " of 127.0.0.1 is in use");
      createTopic(broker);
      commit(broker, "still there");
      assertThat(committed(broker, 1)).containsExactly("still there");
    }
  }

  @Test
  void keptIn_folderOfOtherThings_isRefusedAndStaysAsItWas(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("thesis.txt"), "x");

    assertThatThrownBy(() -> EmbeddedBroker.keptIn(folder, FreePort.find()))
        .isInstanceOf(IOException.class)
        .hasMessage(
            folder
                + " holds other files, and no broker's data; name a folder that is new or empty");
    assertThatThrownBy(() -> EmbeddedBroker.keptIn(file, FreePort.find()))
        .isInstanceOf(IOException.class)
        .hasMessage(file + " is a file; a broker's data needs a folder");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void started_ownProperties_areInForce() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.started(Map.of("message.max.bytes", "1000"))) {
      // Given
      createTopic(broker);

      // When, Then
      assertThatThrownBy(() -> commit(broker, "x".repeat(2000)))
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(RecordTooLargeException.class);
    }
  }

  @Test
  void started_portTakenMeanwhile_takesOthers() throws Exception {
    try (ServerSocket taken = listening();
        ServerSocket first = listening();
        ServerSocket second = listening();
        ServerSocket third = listening()) {
      // Given
      Iterator<ServerSocket> found = List.of(taken, first, second, third).iterator();
      IntSupplier ports =
          () -> {
            ServerSocket next = found.next();
            return next == taken ? taken.getLocalPort() : released(next);
          };

      // When
      try (EmbeddedBroker broker = EmbeddedBroker.started(Map.of(), ports)) {

        // Then
        assertThat(broker.bootstrapServers()).isEqualTo("127.0.0.1:" + second.getLocalPort());
      }
    }
  }

  private static String clusterId(EmbeddedBroker broker) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      return admin.describeCluster().clusterId().get();
    }
  }

  private static void createTopic(EmbeddedBroker broker) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      admin.createTopics(Set.of(new NewTopic("letters", 1, (short) 1))).all().get();
    }
  }

  private static void commit(EmbeddedBroker broker, String text) throws Exception {
    Map<String, Object> properties =
        Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", "test");
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      byte[] value = text.getBytes(StandardCharsets.UTF_8);
      producer.send(new ProducerRecord<>(PARTITION.topic(), value)).get();
      producer.commitTransaction();
    }
  }

  private static List<String> committed(EmbeddedBroker broker, int count) {
    Map<String, Object> properties =
        Map.of("bootstrap.servers", broker.bootstrapServers(), "isolation.level", "read_committed");
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(PARTITION));
      consumer.seekToBeginning(List.of(PARTITION));
      return Stream.generate(() -> consumer.poll(Duration.ofSeconds(10)))
          .flatMap(records -> records.records(PARTITION).stream())
          .map(record -> new String(record.value(), StandardCharsets.UTF_8))
          .limit(count)
          .toList();
    }
  }

  private static ServerSocket listening() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
  }

  private static int released(ServerSocket socket) {
    try (socket) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
