package io.millrace.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cli.invocation.Configuration;
import io.millrace.cli.tables.FileSettings;
import io.millrace.cli.topics.TopicRecords;
import io.millrace.quickstart.EmbeddedBroker;
import io.millrace.runtime.kafka.ClientProperties;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code produce} makes of files as people have them, on a real broker. */
class FilesAtTheTopicTest {
  private static EmbeddedBroker broker;
  @TempDir private static Path folder;

  @BeforeAll
  static void start() {
    broker = EmbeddedBroker.started();
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Test
  void produce_continentalCsv_sendsWhatTheValuesMean() throws IOException {
    // Given: a code that looks like a number, and settings that say nothing of files
    Path file =
        Files.write(
            folder.resolve("german.csv"),
            ("größe;preis;am;code;art\n"
                    + "1,5;1.000,00 €;31.12.2020;1,5;süß\n"
                    + "?;-12,50 €;01.02.2021;2,5;sauer\n"
                    + "2,25;3 €;;1,5;NA\n")
                .getBytes(Charset.forName("windows-1252")));
    Path yaml =
        yaml(
            "german",
            """
            inputs:
              x:
                features:
                  - {field: "größe", missing: mean}
                  - {field: preis}
                  - {field: am, type: date, missing: empty}
                  - {field: code, type: category, vocabulary: ["1,5", "2,5"]}
            outputs: {art: {classes: [süß, sauer]}}
            network: {layers: [{type: dense, units: 2, activation: softmax}]}
            """,
            List.of());

    // When
    CommandRun produced = produced(yaml, file);

    // Then
    assertThat(produced.exitCode()).as(produced.output()).isZero();
    assertThat(records(yaml))
        .containsExactly(
            "1 {\"größe\":1.5,\"preis\":1000.00,\"am\":\"2020-12-31\",\"code\":\"1,5\",\"art\":\"süß\"}",
            "2 {\"preis\":-12.50,\"am\":\"2021-02-01\",\"code\":\"2,5\",\"art\":\"sauer\"}",
            "3 {\"größe\":2.25,\"preis\":3,\"code\":\"1,5\"}");
    assertThat(produced.output())
        .contains("1 row sent, without art, which the trainer will reject: line 4");
  }

  @Test
  void produce_jsonFile_sendsItsObjectsWithTheirListsAndKeysOfTheRows() throws IOException {
    // Given: a vector, a nested value, a line that is no object
    Path file =
        Files.writeString(
            folder.resolve("objects.jsonl"),
            """
            {"user": {"age": 30}, "v": [0.5, 1], "label": true}
            {"user": {"age":
            {"user": {"age": null}, "v": [2, 3], "label": false}
            """);
    Path yaml =
        yaml(
            "objects",
            """
            inputs:
              x:
                features:
                  - {field: user.age, missing: mean}
                  - {field: v, type: vector, size: 2}
            outputs: {label: {classes: ["true", "false"]}}
            network: {layers: [{type: dense, units: 2, activation: softmax}]}
            """,
            FileSettings.detect(file).yaml());

    // When
    CommandRun produced = produced(yaml, file);

    // Then
    assertThat(records(yaml))
        .containsExactly(
            "1 {\"user.age\":30,\"v\":[0.5,1],\"label\":\"true\"}",
            "3 {\"v\":[2,3],\"label\":\"false\"}");
    assertThat(produced.output()).contains("1 row left out, is no JSON object: line 2");
    assertThat(CommandRun.of("check", "--config", yaml.toString()).output())
        .contains("records: 2, usable: 2, rejected: 0");
  }

  @Test
  void produce_rowsOfOtherLengths_areSentWhereTheirCellsAreKnown() throws IOException {
    // Given
    Path file = Files.writeString(folder.resolve("lengths.csv"), "a,y\n1,2\n3\n4,5,6\n7,8\n");
    Path yaml =
        yaml(
            "lengths",
            """
            inputs: {x: {fields: [a]}}
            outputs: {y: {}}
            network: {layers: [{type: dense, units: 1}]}
            """,
            FileSettings.detect(file).yaml());

    // When
    CommandRun produced = produced(yaml, file);

    // Then
    assertThat(records(yaml))
        .containsExactly("1 {\"a\":1,\"y\":2}", "2 {\"a\":3}", "4 {\"a\":7,\"y\":8}");
    assertThat(produced.output())
        .contains(
            "1 row sent, has 1 cells, the header names 2: line 3",
            "1 row left out, has 3 cells, the header names 2: line 4",
            "3 rows: a network of this kind needs some 50 passes; --passes 50, or");
  }

  @Test
  void produce_columnOfAnotherName_saysWhichMayBeMeant() throws IOException {
    // Given
    Path file = Files.writeString(folder.resolve("names.csv"), "Unit Price,y\n1,2\n3,4\n");
    Path yaml =
        yaml(
            "names",
            """
            inputs: {x: {fields: [unit_price]}}
            outputs: {y: {}}
            network: {layers: [{type: dense, units: 1}]}
            """,
            FileSettings.detect(file).yaml());

    // When
    CommandRun produced = produced(yaml, file);

    // Then
    assertThat(produced.exitCode()).isEqualTo(1);
    assertThat(produced.output())
        .isEqualTo(
            "millrace: %s has no column unit_price; it has: Unit Price, y; did you mean Unit Price for unit_price?%n"
                .formatted(file));
  }

  private static Path yaml(String name, String model, List<String> file) throws IOException {
    return Files.writeString(
        folder.resolve(name + ".yaml"),
        """
        model: %1$s
        kafka: {bootstrap_servers: "%2$s"}
        records: {topic: %1$s}
        %3$s%4$s
        """
            .formatted(name, broker.bootstrapServers(), model, String.join("\n", file)));
  }

  /** Returns the keys and values of the topic. */
  private static List<String> records(Path yaml) {
    Configuration configuration = Configuration.load(yaml);
    List<String> records = new ArrayList<>();
    try (TopicRecords topic =
        new TopicRecords(
            new ClientProperties(configuration.kafka()), "test", configuration.model())) {
      topic.forEach(
          record ->
              records.add(
                  new String(record.key(), UTF_8) + " " + new String(record.value(), UTF_8)));
    }
    return records;
  }

  private static CommandRun produced(Path yaml, Path file) {
    return CommandRun.of("produce", "--config", yaml.toString(), "--file", file.toString());
  }
}
