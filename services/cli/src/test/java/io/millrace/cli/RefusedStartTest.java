package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.quickstart.EmbeddedBroker;
import io.millrace.quickstart.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A start that is refused leaves no topics, and a command without a trainer says so. */
class RefusedStartTest {
  private final EmbeddedBroker broker = EmbeddedBroker.started();
  private final Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
  @TempDir private Path folder;
  private int serving;

  @BeforeEach
  void findPort() throws IOException {
    serving = FreePort.find();
  }

  @AfterEach
  void stop() {
    admin.close();
    broker.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "train"})
  void start_withoutTheTopicOfTheRecords_leavesNoTopics(String command) throws Exception {
    CommandRun refused = CommandRun.of(command, "--config", yaml(""));

    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.output()).contains("records.topic: is letters; there is no such topic");
    assertThat(topics()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "train"})
  void start_ofAFleet_namesItsCommand(String command) throws Exception {
    CommandRun refused = CommandRun.of(command, "--config", yaml("fleet: {key: lettr}"));

    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.output()).contains("fleet: is given", "allowed: `millrace fleet`");
    assertThat(topics()).isEmpty();
  }

  @Test
  void run_portInUse_leavesNoTopics() throws Exception {
    create("letters", 1);
    try (ServerSocket other = new ServerSocket(serving, 1, InetAddress.getLoopbackAddress())) {
      CommandRun refused = CommandRun.of("run", "--config", yaml(""));

      assertThat(refused.exitCode()).isEqualTo(2);
      assertThat(refused.output()).contains("serving: is 127.0.0.1:" + other.getLocalPort());
    }
    assertThat(topics()).containsExactly("letters");
  }

  @Test
  void run_topicThatCannotBeUsed_createsNone() throws Exception {
    create("letters", 1);
    create("m.commands", 2);

    CommandRun refused = CommandRun.of("run", "--config", yaml(""));

    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.output())
        .contains("commands.topic: is m.commands; it has 2 partitions; allowed: 1");
    assertThat(topics()).containsExactlyInAnyOrder("letters", "m.commands");
  }

  @Test
  void run_topicThatCannotBeCreated_createsNone() throws Exception {
    create("letters", 1);

    CommandRun refused =
        CommandRun.of(
            "run",
            "--config",
            yaml("serving: {port: %d, prediction_log: {topic: no spaces}}\n".formatted(serving)));

    assertThat(refused.exitCode()).as(refused.output()).isEqualTo(2);
    assertThat(refused.output()).contains("serving.prediction_log.topic: is no spaces");
    assertThat(topics()).containsExactly("letters");
  }

  @Test
  void run_fileOfWeightsThatIsNotThere_leavesNoTopics() throws Exception {
    create("letters", 1);

    CommandRun refused =
        CommandRun.of("run", "--config", yaml("training: {initial_weights: none.weights.h5}\n"));

    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.output()).contains("training.initial_weights", "none.weights.h5");
    assertThat(topics()).containsExactly("letters");
  }

  @ParameterizedTest
  @ValueSource(strings = {"pause", "resume", "promote", "rollback", "retrain", "watch"})
  void steer_noTrainerHasRun_saysSo(String command) throws Exception {
    CommandRun refused = CommandRun.of(command, "--config", yaml(""));

    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.output())
        .contains("no trainer of m has run yet: there is no topic m.events (events.topic)")
        .doesNotContain("\tat ");
  }

  @Test
  void steer_noTrainerRuns_saysSo() throws Exception {
    create("m.events", 1);
    create("m.commands", 1);

    CommandRun refused = CommandRun.of("pause", "--config", yaml(""), "--id", "seven");

    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.output())
        .contains("no trainer of m has answered, and none listens on 127.0.0.1:")
        .contains("stays on m.commands", "`--id seven`");
  }

  private String yaml(String more) throws IOException {
    String yaml =
        """
        model: m
        kafka: {bootstrap_servers: "%s"}
        records: {topic: letters}
        inputs: {x: {fields: [a]}}
        outputs: {y: {}}
        network: {layers: [{type: dense, units: 1}]}
        management: {port: %d}
        """
            .formatted(broker.bootstrapServers(), FreePort.find());
    String ports = more.contains("serving:") ? "" : "serving: {port: %d}\n".formatted(serving);
    return Files.writeString(folder.resolve("model.yaml"), yaml + ports + more).toString();
  }

  private void create(String topic, int partitions) throws Exception {
    admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1))).all().get();
  }

  private Set<String> topics() throws Exception {
    return admin.listTopics().names().get();
  }
}
