package io.millrace.cli.monitoring;

import io.millrace.cli.deployment.Repository;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The alerts of the PrometheusRule in {@code k8s/components/monitoring}. */
final class Alerts {
  static final String FILE = "k8s/components/monitoring/alerts.yaml";

  private static final Pattern ALERT =
      Pattern.compile("- alert: (\\w+)\n(.*?)(?=\n +- alert|\n +- name|\\z)", Pattern.DOTALL);
  private static final Pattern METRIC =
      Pattern.compile("\\b(?:millrace|jvm|process|kafka|system)_[a-z0-9_]+");

  private Alerts() {}

  /** An alert's name and its text. */
  record Alert(String name, String text) {}

  /** Returns the file's {@code spec} as a file of rules, as Prometheus reads it. */
  static String rules() {
    String file = Repository.text(FILE);
    String spec = file.substring(file.indexOf("\nspec:\n") + "\nspec:\n".length());
    return spec.replaceAll("(?m)^ {2}", "");
  }

  static List<Alert> all() {
    List<Alert> alerts = new ArrayList<>();
    Matcher alert = ALERT.matcher(rules());
    while (alert.find()) {
      alerts.add(new Alert(alert.group(1), alert.group(2)));
    }
    return alerts;
  }

  /** Returns the metrics that an expression, or a text with some, names. */
  static List<String> metrics(String text) {
    List<String> metrics = new ArrayList<>();
    Matcher metric = METRIC.matcher(text);
    while (metric.find()) {
      metrics.add(metric.group());
    }
    return metrics;
  }
}
