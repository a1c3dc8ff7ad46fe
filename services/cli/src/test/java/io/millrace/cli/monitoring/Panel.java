package io.millrace.cli.monitoring;

import java.util.ArrayList;
import java.util.List;

/**
 * A panel of the dashboard: what it shows, without how Grafana writes it.
 *
 * @param kind Grafana's type of the panel
 * @param unit Grafana's name of the unit
 * @param width of 24 columns
 * @param stacked whether its series are drawn upon each other, as parts of a whole
 * @param queries expressions, in which {@code $F} stands for the chosen namespace and model
 * @param legends what names the series of each query
 */
record Panel(
    String title,
    String kind,
    String unit,
    int width,
    boolean stacked,
    List<String> queries,
    List<String> legends) {

  /** Returns lines over time, without queries so far. */
  static Panel lines(String title, String unit) {
    return new Panel(title, "timeseries", unit, 8, false, new ArrayList<>(), new ArrayList<>());
  }

  /** Returns parts of a whole over time, without queries so far. */
  static Panel parts(String title, String unit) {
    return new Panel(title, "timeseries", unit, 8, true, new ArrayList<>(), new ArrayList<>());
  }

  /** Returns one number. */
  static Panel number(String title, String unit, String query) {
    return new Panel(title, "stat", unit, 4, false, new ArrayList<>(), new ArrayList<>())
        .of(query, "");
  }

  /** Returns which of several states there was, over time. */
  static Panel states(String title, String query, String legend) {
    return new Panel(
            title, "state-timeline", "none", 8, false, new ArrayList<>(), new ArrayList<>())
        .of(query, legend);
  }

  /** Adds a query. */
  Panel of(String query, String legend) {
    queries.add(query);
    legends.add(legend);
    return this;
  }
}
