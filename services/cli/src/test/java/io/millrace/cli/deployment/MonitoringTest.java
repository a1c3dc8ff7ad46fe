package io.millrace.cli.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The component {@code monitoring}: whom it scrapes, and what Grafana finds. */
class MonitoringTest {

  @Test
  void podMonitor_ofTwoModels_selectsAllTheirPodsAndTheirManagementPort() throws Exception {
    assumeThat(Kustomize.hasKubectl()).isTrue();
    List<Manifest> manifests = Kustomize.build("k8s/overlays/monitored");
    JsonObject spec = spec(manifests, "PodMonitor");
    List<Manifest> workloads = ManifestsTest.ourWorkloads(manifests);

    JsonObject endpoint = Manifest.objects(spec, "podMetricsEndpoints").get(0);
    JsonObject component =
        Manifest.objects(spec.getAsJsonObject("selector"), "matchExpressions").get(0);

    assertThat(workloads).hasSize(4);
    assertThat(ManifestsTest.managementPaths()).contains(endpoint.get("path").getAsString());
    for (Manifest workload : workloads) {
      assertThat(only(manifests, "PodMonitor").selects(workload)).as(workload.name()).isTrue();
      assertThat(Manifest.texts(component, "values")).contains(component(workload));
      assertThat(ManifestsTest.ports(workload.containers().get(0)))
          .containsKey(endpoint.get("port").getAsString());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"joiner", "fleet"})
  void podMonitor_component_isSelected(String name) {
    String file = "k8s/components/%s/%s.yaml".formatted(name, name);
    Manifest workload = Manifest.read(name, Repository.text(file)).get(0);

    assertThat(Repository.text("k8s/components/monitoring/pods.yaml"))
        .contains(component(workload));
    assertThat(ManifestsTest.ports(workload.containers().get(0))).containsKey("management");
  }

  /** The schema of the operator is not at hand, so the fields are those that its pages name. */
  @Test
  void prometheusRule_ofTheComponent_hasTheFieldsOfARule() {
    JsonObject spec =
        spec(
            Manifest.read("alerts", Repository.text("k8s/components/monitoring/alerts.yaml")),
            "PrometheusRule");

    assertThat(spec.keySet()).containsExactly("groups");
    for (JsonObject group : Manifest.objects(spec, "groups")) {
      assertThat(group.keySet()).containsExactly("name", "rules");
      assertThat(Manifest.objects(group, "rules"))
          .isNotEmpty()
          .allSatisfy(
              rule ->
                  assertThat(rule.keySet())
                      .containsExactlyInAnyOrder("alert", "expr", "for", "labels", "annotations"));
    }
  }

  @Test
  void dashboard_ofTheComponent_isFoundByGrafanaAndHasNoPanelOverAnother() throws Exception {
    assumeThat(Kustomize.hasKubectl()).isTrue();
    Manifest map =
        Kustomize.build("k8s/overlays/monitored").stream()
            .filter(manifest -> manifest.name().equals("millrace-dashboard"))
            .findFirst()
            .orElseThrow();

    assertThat(Manifest.at(map.object(), "metadata", "labels", "grafana_dashboard").getAsString())
        .isEqualTo("1");
    JsonObject dashboard =
        JsonParser.parseString(Manifest.at(map.object(), "data", "millrace.json").getAsString())
            .getAsJsonObject();
    Set<List<Integer>> taken = new HashSet<>();
    for (JsonObject panel : Manifest.objects(dashboard, "panels")) {
      assertThat(cells(panel.getAsJsonObject("gridPos"))).allMatch(taken::add);
    }
    assertThat(taken).isNotEmpty();
  }

  private static List<List<Integer>> cells(JsonObject place) {
    List<List<Integer>> cells = new ArrayList<>();
    for (int x = 0; x < number(place, "w"); x++) {
      for (int y = 0; y < number(place, "h"); y++) {
        cells.add(List.of(number(place, "x") + x, number(place, "y") + y));
      }
    }
    return cells;
  }

  private static int number(JsonObject place, String key) {
    return place.get(key).getAsInt();
  }

  private static String component(Manifest workload) {
    return workload.podLabels().stream()
        .filter(label -> label.getKey().equals("app.kubernetes.io/component"))
        .map(label -> label.getValue().getAsString())
        .findFirst()
        .orElseThrow();
  }

  private static JsonObject spec(List<Manifest> manifests, String kind) {
    return only(manifests, kind).object().getAsJsonObject("spec");
  }

  private static Manifest only(List<Manifest> manifests, String kind) {
    return manifests.stream()
        .filter(manifest -> manifest.kind().equals(kind))
        .reduce(
            (one, other) -> {
              throw new AssertionError("two of " + kind);
            })
        .orElseThrow();
  }
}
