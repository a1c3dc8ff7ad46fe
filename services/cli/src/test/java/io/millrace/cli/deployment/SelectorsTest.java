package io.millrace.cli.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.millrace.cli.invocation.Configuration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which pods Services, Deployments and NetworkPolicies select. */
class SelectorsTest {

  @Test
  void services_selectorsAndTargetPorts_pointAtPods() throws Exception {
    List<Manifest> manifests = ManifestsTest.manifests();

    for (Manifest service : manifests.stream().filter(m -> m.kind().equals("Service")).toList()) {
      String port =
          Manifest.objects(Manifest.at(service.object(), "spec").getAsJsonObject(), "ports")
              .get(0)
              .get("targetPort")
              .getAsString();
      assertThat(manifests)
          .filteredOn(m -> m.source().equals(service.source()) && service.selects(m))
          .flatExtracting(Manifest::containers)
          .flatExtracting(container -> Manifest.objects(container, "ports"))
          .extracting(found -> found.get("name").getAsString())
          .contains(port);
    }
  }

  @Test
  void networkPolicies_ofAllWorkloads_openTheirPortsAlone() throws Exception {
    List<Manifest> manifests = ManifestsTest.manifests();

    for (Manifest workload : ManifestsTest.ourWorkloads(manifests)) {
      List<String> opened =
          manifests.stream()
              .filter(m -> m.kind().equals("NetworkPolicy") && m.selects(workload))
              .filter(m -> m.source().equals(workload.source()))
              .flatMap(
                  policy ->
                      Manifest.objects(
                          Manifest.at(policy.object(), "spec").getAsJsonObject(), "ingress")
                          .stream())
              .flatMap(rule -> Manifest.objects(rule, "ports").stream())
              .map(port -> port.get("port").getAsString())
              .toList();
      if (!workload.source().endsWith(".yaml")) { // a single file lacks the labels of its base
        assertThat(opened)
            .as(workload.toString())
            .containsExactlyInAnyOrderElementsOf(
                ManifestsTest.ports(workload.containers().get(0)).keySet());
      }
    }
  }

  @Test
  void twoModels_selectorsOfOne_findNoPodOfTheOther() throws Exception {
    assumeThat(Kustomize.hasKubectl()).isTrue();
    List<Manifest> manifests = Kustomize.build("k8s/overlays/two-models");
    List<Manifest> selecting =
        manifests.stream().filter(manifest -> !manifest.selector().isEmpty()).toList();

    assertThat(selecting)
        .extracting(Manifest::kind)
        .contains("Service", "Deployment", "NetworkPolicy");
    for (Manifest one : selecting) {
      assertThat(manifests)
          .as(one.toString())
          .filteredOn(one::selects)
          .isNotEmpty()
          .allMatch(workload -> model(workload).equals(model(one)));
    }
    assertThat(manifests).extracting(SelectorsTest::model).contains("letters", "vowels");
  }

  @Test
  void twoModels_secondModel_readsItsOwnSettings() {
    Configuration vowels =
        Configuration.load(Repository.file("k8s/overlays/two-models/vowels/model.yaml"), Map.of());

    assertThat(vowels.model()).isEqualTo("vowels");
    assertThat(vowels.kafka().bootstrapServers()).isEqualTo("kafka.vowels:9092");
  }

  /** Returns the first word of a name, which is the model's if there are two models. */
  private static String model(Manifest manifest) {
    return manifest.name().replaceFirst("-.*", "");
  }
}
