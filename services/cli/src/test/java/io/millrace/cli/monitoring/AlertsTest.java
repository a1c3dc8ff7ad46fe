package io.millrace.cli.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cli.deployment.Repository;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The alerts of Kubernetes' component: Prometheus reads them, and each has a test and a page. */
class AlertsTest {
  private static final String TESTS = "alerts_test.yaml";
  private static final String PAGE = "services/docs/alerts.md";

  @TempDir private Path folder;

  @Test
  void alerts_ofTheComponent_haveATestWhereTheyFireAndOneWhereTheyDoNot() throws IOException {
    String tests = tests();

    assertThat(Alerts.all()).hasSizeGreaterThan(10);
    for (Alerts.Alert alert : Alerts.all()) {
      String checked = "alertname: " + alert.name() + "\n        exp_alerts:";
      assertThat(tests).contains(checked + " []\n", checked + "\n");
    }
  }

  @Test
  void alerts_ofTheComponent_sayWhatToDo() {
    for (Alerts.Alert alert : Alerts.all()) {
      String anchor = alert.name().toLowerCase(Locale.ROOT);
      assertThat(alert.text())
          .contains("severity: ", "summary: ", "description: ", "for: ")
          .contains("runbook: " + PAGE + "#" + anchor);
      assertThat(Repository.text(PAGE)).contains("\n## " + alert.name() + "\n");
    }
  }

  @Test
  @Tag("foreign")
  void rules_promtool_findsNothingWrong() throws Exception {
    Promtool promtool = new Promtool(folder);
    Files.writeString(folder.resolve("rules.yaml"), Alerts.rules());

    assertThat(promtool.run("", "check", "rules", "--lint-fatal", "rules.yaml"))
        .contains("SUCCESS: %d rules found".formatted(Alerts.all().size()));
  }

  @Test
  @Tag("foreign")
  void rules_promtool_fireWhereTheyShould() throws Exception {
    Promtool promtool = new Promtool(folder);
    Files.writeString(folder.resolve("rules.yaml"), Alerts.rules());
    Files.writeString(folder.resolve(TESTS), tests());

    assertThat(promtool.run("", "test", "rules", TESTS)).contains("SUCCESS");
  }

  @Test
  @Tag("foreign")
  void configurationOfCompose_promtool_findsNothingWrong() throws Exception {
    Promtool promtool = new Promtool(folder);
    Files.writeString(folder.resolve("prometheus.yml"), Repository.text("docker/prometheus.yml"));

    assertThat(promtool.run("", "check", "config", "prometheus.yml")).contains("SUCCESS");
  }

  @Test
  @Tag("foreign")
  void expressionsOfTheDashboard_promtool_findsNothingWrong() throws Exception {
    Promtool promtool = new Promtool(folder);
    StringBuilder rules = new StringBuilder("groups:\n- name: dashboard\n  rules:\n");
    List<String> expressions = Dashboard.expressions(Repository.text(Dashboard.FILE));
    for (int i = 0; i < expressions.size(); i++) {
      rules.append("  - record: panel_%d\n    expr: |\n      ".formatted(i));
      rules.append(expressions.get(i).replace("$__rate_interval", "5m")).append('\n');
    }
    Files.writeString(folder.resolve("dashboard.yaml"), rules.toString());

    assertThat(promtool.run("", "check", "rules", "dashboard.yaml"))
        .contains("SUCCESS: %d rules found".formatted(expressions.size()));
  }

  private static String tests() throws IOException {
    try (InputStream source =
        Objects.requireNonNull(AlertsTest.class.getResourceAsStream(TESTS), TESTS)) {
      return new String(source.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
