package io.millrace.cli.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.google.gson.JsonObject;
import io.millrace.cli.invocation.Configuration;
import io.millrace.runtime.lifecycle.Health;
import io.millrace.runtime.management.ManagementRoutes;
import io.millrace.runtime.management.Metrics;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Route;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the manifests name has to exist: in Kubernetes' schema, in the images and in the code. */
class ManifestsTest {
  private static final Set<String> OTHER_VARIABLES =
      Set.of("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS");

  @ParameterizedTest
  @MethodSource("manifests")
  void manifest_kubernetesSchema_hasNoUnknownFieldAndNoWrongType(Manifest manifest) {
    assertThatCode(manifest::validate).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @MethodSource("ourContainers")
  void container_image_hasADockerfileWithItsPortsAndFolders(JsonObject container) {
    // Given
    String dockerfile = dockerfile(container);

    // Then
    for (JsonObject port : Manifest.objects(container, "ports")) {
      assertThat(dockerfile).contains("EXPOSE " + port.get("containerPort").getAsInt() + "\n");
    }
    assertThat(mounts(container)).contains("/etc/millrace", "/tmp");
    assertThat(dockerfile)
        .contains("USER 10001")
        .containsAnyOf("cachedir=/tmp/", "to /tmp, where its files lie");
  }

  @ParameterizedTest
  @MethodSource("ourContainers")
  void container_mainClassOfItsImage_exists(JsonObject container) throws Exception {
    String service = Manifest.at(container, "name").getAsString();
    String main = dockerfile(container).replaceAll("(?s).*(io\\.millrace\\.\\w+\\.Main).*", "$1");

    assertThat(Class.forName(main).getMethod("main", String[].class).getDeclaringClass())
        .hasToString("class " + main);
    assertThat(main).contains("." + service + ".");
  }

  @ParameterizedTest
  @MethodSource("ourContainers")
  void container_environment_isUnderstood(JsonObject container) {
    // Given
    Map<String, String> environment = new TreeMap<>();
    for (JsonObject variable : Manifest.objects(container, "env")) {
      environment.put(
          Manifest.at(variable, "name").getAsString(),
          Manifest.at(variable, "value").getAsString());
    }

    // When
    Configuration configuration =
        Configuration.load(Repository.file("k8s/base/model.yaml"), environment);

    // Then
    assertThat(environment.keySet())
        .allMatch(name -> name.startsWith("MILLRACE_") || OTHER_VARIABLES.contains(name));
    assertThat(configuration.kafka().bootstrapServers())
        .isEqualTo(environment.get("MILLRACE_KAFKA__BOOTSTRAP_SERVERS"));
  }

  @ParameterizedTest
  @MethodSource("ourContainers")
  void container_probes_askPathsAndPortsThatExist(JsonObject container) {
    // Given
    Set<String> ports =
        Manifest.objects(container, "ports").stream()
            .map(port -> port.get("name").getAsString())
            .collect(Collectors.toSet());

    // Then
    for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
      JsonObject request = Manifest.at(container, probe, "httpGet").getAsJsonObject();
      assertThat(ports).contains(request.get("port").getAsString());
      assertThat(managementPaths()).contains(request.get("path").getAsString());
    }
  }

  @Test
  void ports_ofServices_areThoseOfTheSettings() {
    Configuration configuration =
        Configuration.load(Repository.file("k8s/base/model.yaml"), Map.of());

    assertThat(Repository.text("k8s/base/predictor.yaml"))
        .contains("containerPort: " + configuration.serving().port());
    assertThat(Repository.text("k8s/base/trainer.yaml"))
        .contains("containerPort: " + configuration.management().port());
    assertThat(configuration.serving().host()).isEqualTo("0.0.0.0");
    assertThat(configuration.management().host()).isEqualTo("0.0.0.0");
  }

  @Test
  void services_selectorsAndTargetPorts_pointAtPods() throws Exception {
    List<Manifest> manifests = manifests();

    for (Manifest service : manifests.stream().filter(m -> m.kind().equals("Service")).toList()) {
      String port =
          Manifest.objects(Manifest.at(service.object(), "spec").getAsJsonObject(), "ports")
              .get(0)
              .get("targetPort")
              .getAsString();
      assertThat(manifests)
          .filteredOn(m -> m.source().equals(service.source()) && selects(service, m))
          .flatExtracting(Manifest::containers)
          .flatExtracting(container -> Manifest.objects(container, "ports"))
          .extracting(found -> found.get("name").getAsString())
          .contains(port);
    }
  }

  @Test
  void model_ofTheCluster_isThatOfCompose() {
    assertThat(withoutFirstLine("k8s/base/model.yaml"))
        .isEqualTo(withoutFirstLine("docker/model.yaml"));
  }

  static List<Manifest> manifests() throws IOException, InterruptedException {
    List<Manifest> manifests = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Repository.file("k8s"))) {
      for (Path file : files.filter(ManifestsTest::isManifest).sorted().toList()) {
        manifests.addAll(Manifest.read(file.toString(), Files.readString(file)));
      }
    }
    for (String folder : List.of("k8s/base", "k8s/overlays/dev", "k8s/overlays/gpu")) {
      manifests.addAll(Kustomize.build(folder));
    }
    return manifests;
  }

  static List<JsonObject> ourContainers() throws IOException, InterruptedException {
    return manifests().stream()
        .flatMap(manifest -> manifest.containers().stream())
        .filter(container -> Manifest.at(container, "image").getAsString().startsWith("millrace/"))
        .toList();
  }

  private static boolean isManifest(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(".yaml")
        && !name.equals("kustomization.yaml")
        && !name.equals("model.yaml");
  }

  private static boolean selects(Manifest service, Manifest workload) {
    return workload.kind().equals("Deployment")
        && Manifest.at(workload.object(), "spec", "template", "metadata", "labels")
            .getAsJsonObject()
            .entrySet()
            .containsAll(
                Manifest.at(service.object(), "spec", "selector").getAsJsonObject().entrySet());
  }

  private static String dockerfile(JsonObject container) {
    String image = Manifest.at(container, "image").getAsString().replaceAll(":.*", "");
    return Repository.text("docker/" + image.replace("millrace/", "") + ".Dockerfile");
  }

  private static List<String> mounts(JsonObject container) {
    return Manifest.objects(container, "volumeMounts").stream()
        .map(mount -> mount.get("mountPath").getAsString())
        .toList();
  }

  private static Set<String> managementPaths() {
    Vertx vertx = Vertx.vertx();
    try (Metrics metrics = new Metrics()) {
      return new ManagementRoutes(new Health(), metrics)
          .router(vertx).getRoutes().stream().map(Route::getPath).collect(Collectors.toSet());
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  private static String withoutFirstLine(String file) {
    String text = Repository.text(file);
    return text.substring(text.indexOf('\n'));
  }
}
