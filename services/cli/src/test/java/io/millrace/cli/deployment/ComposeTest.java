package io.millrace.cli.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import io.millrace.cli.Main;
import io.millrace.cli.invocation.Configuration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ComposeTest {
  private static final Path FOLDER = Repository.file("docker");
  private static final JsonObject SERVICES =
      new Gson()
          .toJsonTree(Repository.documents(Repository.text("docker/compose.yaml")).get(0))
          .getAsJsonObject()
          .getAsJsonObject("services");

  @Test
  void services_dockerfilesAndFilesThatTheyMount_exist() {
    for (String name : List.of("producer", "trainer", "predictor")) {
      JsonObject service = SERVICES.getAsJsonObject(name);
      Path context = FOLDER.resolve(Manifest.at(service, "build", "context").getAsString());
      Path dockerfile = context.resolve(Manifest.at(service, "build", "dockerfile").getAsString());
      assertThat(Files.exists(dockerfile.normalize())).as(dockerfile.toString()).isTrue();
      for (String volume : Manifest.texts(service, "volumes")) {
        assertThat(FOLDER.resolve(volume.substring(0, volume.indexOf(':')))).exists();
      }
    }
  }

  @Test
  void producer_command_isOneOfTheCommandLine() {
    String[] command =
        Manifest.texts(SERVICES.getAsJsonObject("producer"), "command").toArray(String[]::new);

    assertThat(Main.commandLine().parseArgs(command).subcommand().commandSpec().name())
        .isEqualTo("produce");
  }

  @Test
  void ports_ofBothServices_areThoseOfTheSettings() {
    Configuration configuration = Configuration.load(FOLDER.resolve("model.yaml"), Map.of());

    assertThat(Manifest.texts(SERVICES.getAsJsonObject("trainer"), "ports"))
        .containsExactly(published(configuration.management().port()));
    assertThat(Manifest.texts(SERVICES.getAsJsonObject("predictor"), "ports"))
        .containsExactly(published(configuration.serving().port()));
    assertThat(configuration.kafka().bootstrapServers()).isEqualTo("kafka:9092");
  }

  @Test
  void topic_ofTheRecords_isThereBeforeTheTrainer() {
    Configuration configuration = Configuration.load(FOLDER.resolve("model.yaml"), Map.of());

    assertThat(Manifest.texts(SERVICES.getAsJsonObject("topic"), "command"))
        .containsSequence(
            "--create", "--if-not-exists", "--topic", configuration.records().topic());
    assertThat(
            Manifest.at(SERVICES.getAsJsonObject("trainer"), "depends_on", "topic", "condition")
                .getAsString())
        .isEqualTo("service_completed_successfully");
  }

  @Test
  void monitoring_filesAndTargets_exist() {
    Configuration configuration = Configuration.load(FOLDER.resolve("model.yaml"), Map.of());
    int ofPredictor =
        configuration.predictor().management().orElseThrow().transport().endpoint().port();

    for (String name : List.of("prometheus", "grafana")) {
      JsonObject service = SERVICES.getAsJsonObject(name);
      assertThat(Manifest.texts(service, "profiles")).containsExactly("monitoring");
      assertThat(Manifest.texts(service, "ports")).allMatch(port -> port.startsWith("127.0.0.1:"));
      for (String volume : Manifest.texts(service, "volumes")) {
        assertThat(FOLDER.resolve(volume.substring(0, volume.indexOf(':')))).exists();
      }
    }
    assertThat(Repository.text("docker/prometheus.yml"))
        .contains("\"trainer:" + configuration.management().port() + "\"")
        .contains("\"predictor:" + ofPredictor + "\"");
    assertThat(Repository.text("docker/grafana/datasource.yaml"))
        .contains("http://prometheus:9090");
  }

  private static String published(int port) {
    return "127.0.0.1:" + port + ":" + port;
  }
}
