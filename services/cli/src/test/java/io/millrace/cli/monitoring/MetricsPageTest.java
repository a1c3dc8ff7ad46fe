package io.millrace.cli.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cli.deployment.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the services show to Prometheus: the page of metrics, the rules and the dashboard are
 * compared with real scrapes. Run with {@code -Dmillrace.documentation.update=true} to rewrite page
 * and dashboard.
 */
class MetricsPageTest {
  private static final boolean UPDATE = Boolean.getBoolean("millrace.documentation.update");
  private static final int MOST_BUCKETS = 15;
  private static final String PAGE = "services/docs/metrics.md";
  private static final String BEGIN =
      "<!-- metrics: generated from scrapes, checked by MetricsPageTest -->\n";
  private static final String END = "<!-- metrics end -->";

  @TempDir private static Path folder;

  private static RunningServices services;
  private static Map<String, String> scrapes;

  @BeforeAll
  static void scrape() throws Exception {
    services = new RunningServices(folder);
    scrapes = services.scrapes();
  }

  @AfterAll
  static void stop() throws InterruptedException {
    services.close();
  }

  @Test
  void samples_ofAllServices_nameTheModel() {
    assertThat(scrapes).hasSize(3);
    scrapes.values().stream()
        .flatMap(String::lines)
        .filter(line -> !line.startsWith("#"))
        .forEach(line -> assertThat(line).contains("model=\""));
  }

  @Test
  void families_ofAllServices_haveHelpAndFewBuckets() {
    for (Family family : families().values()) {
      assertThat(family.help()).as(family.name()).isNotBlank();
      assertThat(family.buckets()).as(family.name()).isLessThanOrEqualTo(MOST_BUCKETS);
      assertThat(family.type()).as(family.name()).isNotEqualTo("untyped");
    }
    assertThat(families().get("millrace_inference_latency_seconds").buckets())
        .isEqualTo(MOST_BUCKETS);
  }

  @Test
  void page_metrics_areThoseOfTheServices() throws IOException {
    String page = Repository.text(PAGE);
    int begin = page.indexOf(BEGIN) + BEGIN.length();
    int end = page.indexOf(END);

    String tables = tables();

    if (UPDATE) {
      Files.writeString(
          Repository.file(PAGE), page.substring(0, begin) + tables + page.substring(end));
    } else {
      assertThat(page.substring(begin, end).lines())
          .as("metrics have changed: run this test with -Dmillrace.documentation.update=true")
          .containsExactlyElementsOf(tables.lines().toList());
    }
  }

  @Test
  void dashboard_ofTheMetrics_isThatOfTheCode() throws IOException {
    String dashboard = Dashboard.json(families());

    if (UPDATE) {
      Files.writeString(Repository.file(Dashboard.FILE), dashboard);
    } else {
      assertThat(Repository.text(Dashboard.FILE))
          .as("the dashboard has changed: run this test with -Dmillrace.documentation.update=true")
          .isEqualTo(dashboard);
    }
  }

  @Test
  void alerts_metrics_areInAScrape() {
    Set<String> names =
        families().values().stream()
            .flatMap(family -> family.sampleNames().stream())
            .collect(Collectors.toSet());

    for (Alerts.Alert alert : Alerts.all()) {
      assertThat(Alerts.metrics(alert.text())).isNotEmpty();
      assertThat(names).as(alert.name()).containsAll(Alerts.metrics(alert.text()));
    }
  }

  @Test
  @Tag("foreign")
  void metrics_promtool_findsNothingWrong() throws Exception {
    Promtool promtool = new Promtool(folder);
    for (String scrape : scrapes.values()) {
      assertThat(promtool.run(scrape, "check", "metrics")).isEmpty();
    }
  }

  /** Returns all families of all services. */
  private static Map<String, Family> families() {
    Map<String, Family> all = new TreeMap<>();
    scrapes.values().forEach(scrape -> all.putAll(Family.read(scrape)));
    return all;
  }

  /** Returns a heading and a table for each service, and one for what all of them have. */
  private static String tables() {
    Map<String, Set<String>> services = new LinkedHashMap<>();
    for (String service : scrapes.keySet()) {
      services.put(service, new TreeSet<>());
    }
    services.put("all services", new TreeSet<>());
    services.put("Kafka's clients", new TreeSet<>());
    for (String name : families().keySet()) {
      List<String> having = having(name);
      String room = name.startsWith("kafka_") ? "Kafka's clients" : having.get(0);
      services.get(having.size() == scrapes.size() ? "all services" : room).add(name);
    }
    StringBuilder tables = new StringBuilder();
    services.forEach((service, names) -> tables.append(table(service, names)));
    return tables.append('\n').toString();
  }

  private static List<String> having(String name) {
    List<String> services = new ArrayList<>();
    scrapes.forEach(
        (service, scrape) -> {
          if (Family.read(scrape).containsKey(name)) {
            services.add(service);
          }
        });
    return services;
  }

  private static String table(String service, Set<String> names) {
    String rows =
        names.stream().map(MetricsPageTest::row).collect(Collectors.joining("\n", "", "\n"));
    return "\n## %s\n\n| Metric | Type | Labels | Meaning |\n|---|---|---|---|\n%s"
        .formatted(heading(service), rows);
  }

  private static String heading(String service) {
    return Character.toUpperCase(service.charAt(0)) + service.substring(1);
  }

  private static String row(String name) {
    Family family = families().get(name);
    String labels =
        family.labels().stream()
            .filter(label -> !label.equals("model"))
            .map(label -> "`" + label + "`")
            .collect(Collectors.joining(", "));
    return "| `%s` | %s | %s | %s |"
        .formatted(name, family.type(), labels, sentence(family.help()));
  }

  private static String sentence(String help) {
    String text = help.replace("|", "\\|").replace("<", "&lt;").strip();
    return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
  }
}
