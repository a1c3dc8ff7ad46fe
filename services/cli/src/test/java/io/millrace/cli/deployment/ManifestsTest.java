package io.millrace.cli.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.google.gson.JsonObject;
import io.millrace.cli.invocation.Configuration;
import io.millrace.runtime.http.Endpoint;
import io.millrace.runtime.lifecycle.Health;
import io.millrace.runtime.management.ManagementRoutes;
import io.millrace.runtime.management.Metrics;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the manifests name exists: in Kubernetes's schema, in the images and in the code. */
class ManifestsTest {
  private static final Path MODEL = Repository.file("k8s/base/model.yaml");

  private static final List<String> FOLDERS =
      List.of(
          "k8s/base",
          "k8s/overlays/dev",
          "k8s/overlays/gpu",
          "k8s/overlays/monitored",
          "k8s/overlays/two-models");

  /** Files that are not Kubernetes objects. */
  private static final Set<String> OTHER_FILES =
      Set.of("kustomization.yaml", "instance.yaml", "model.yaml");

  /** Variables of libraries, and the one that the GPU overlay sets. */
  private static final Set<String> OTHER_VARIABLES =
      Set.of("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MILLRACE_TRAINING__DEVICE");

  @ParameterizedTest
  @MethodSource("ofKubernetes")
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
    String main =
        dockerfile(container).replaceAll("(?s).*(io\\.millrace\\.\\w+\\.\\w*Main).*", "$1");

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

    // Then
    assertThatCode(() -> Configuration.load(MODEL, environment)).doesNotThrowAnyException();
    assertThat(environment.keySet())
        .as("what the model's file says is for that file to say")
        .allMatch(OTHER_VARIABLES::contains);
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
      assertThat(request.get("port").getAsString()).isEqualTo("management");
      assertThat(managementPaths()).contains(request.get("path").getAsString());
    }
  }

  @Test
  void ports_ofContainers_areThoseOfTheSettings() throws Exception {
    Configuration configuration = Configuration.load(MODEL, Map.of());
    Endpoint ofPredictor =
        configuration.predictor().management().orElseThrow().transport().endpoint();
    Endpoint ofJoiner = configuration.joiner().orElseThrow().management().transport().endpoint();

    assertThat(ports("trainer")).isEqualTo(Map.of("management", configuration.management().port()));
    assertThat(ports("predictor"))
        .isEqualTo(
            Map.of("inference", configuration.serving().port(), "management", ofPredictor.port()));
    assertThat(ports("joiner")).isEqualTo(Map.of("management", ofJoiner.port()));
    assertThat(List.of(configuration.serving(), configuration.management(), ofPredictor, ofJoiner))
        .extracting(Endpoint::host)
        .containsOnly("0.0.0.0");
  }

  @Test
  void commands_overGrpc_areOffWhereAnyoneReachesThePort() {
    assertThat(Configuration.load(MODEL, Map.of()).trainer().commands().grpc()).isFalse();
  }

  @Test
  void pods_annotationsForPrometheus_nameTheManagementPort() throws Exception {
    for (Manifest workload : ourWorkloads(manifests())) {
      JsonObject annotations =
          Manifest.at(workload.object(), "spec", "template", "metadata", "annotations")
              .getAsJsonObject();
      assertThat(annotations.get("prometheus.io/port").getAsInt())
          .as(workload.toString())
          .isEqualTo(ports(workload.containers().get(0)).get("management"));
      assertThat(managementPaths()).contains(annotations.get("prometheus.io/path").getAsString());
    }
  }

  @Test
  void topic_ofTheRecords_isCreatedWhereTheBrokerIsOurs() {
    String topic = Configuration.load(MODEL, Map.of()).records().topic();
    JsonObject job =
        Manifest.read("dev", Repository.text("k8s/overlays/dev/topic.yaml")).get(0).podSpec();

    assertThat(Manifest.texts(Manifest.objects(job, "containers").get(0), "command"))
        .containsSequence("--create", "--if-not-exists", "--topic", topic);
    assertThat(Repository.text("k8s/overlays/dev/kustomization.yaml")).contains("- topic.yaml");
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
    for (String folder : FOLDERS) {
      manifests.addAll(Kustomize.build(folder));
    }
    return manifests;
  }

  /** Returns those whose schema Kubernetes itself has. */
  static List<Manifest> ofKubernetes() throws IOException, InterruptedException {
    return manifests().stream().filter(manifest -> !manifest.isOfPrometheus()).toList();
  }

  static List<JsonObject> ourContainers() throws IOException, InterruptedException {
    return manifests().stream()
        .flatMap(manifest -> manifest.containers().stream())
        .filter(ManifestsTest::isOurs)
        .toList();
  }

  private static boolean isManifest(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(".yaml") && !OTHER_FILES.contains(name);
  }

  static List<Manifest> ourWorkloads(List<Manifest> manifests) {
    return manifests.stream()
        .filter(manifest -> manifest.containers().stream().anyMatch(ManifestsTest::isOurs))
        .toList();
  }

  private static boolean isOurs(JsonObject container) {
    return Manifest.at(container, "image").getAsString().startsWith("millrace/");
  }

  private static Map<String, Integer> ports(String service) throws Exception {
    return ourContainers().stream()
        .filter(container -> Manifest.at(container, "name").getAsString().equals(service))
        .findFirst()
        .map(ManifestsTest::ports)
        .orElseThrow();
  }

  static Map<String, Integer> ports(JsonObject container) {
    return Manifest.objects(container, "ports").stream()
        .collect(
            Collectors.toMap(
                port -> port.get("name").getAsString(),
                port -> port.get("containerPort").getAsInt()));
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

  static Set<String> managementPaths() {
    Vertx vertx = Vertx.vertx();
    try (Metrics metrics = new Metrics()) {
      Router router = Router.router(vertx);
      new ManagementRoutes(new Health(), metrics).mountOn(router);
      return router.getRoutes().stream().map(Route::getPath).collect(Collectors.toSet());
    } finally {
      vertx
          .close()
          .toCompletionStage()
          .toCompletableFuture()
          .orTimeout(30, TimeUnit.SECONDS)
          .join();
    }
  }

  private static String withoutFirstLine(String file) {
    String text = Repository.text(file);
    return text.substring(text.indexOf('\n'));
  }
}
