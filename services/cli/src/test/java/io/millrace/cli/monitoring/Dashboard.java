package io.millrace.cli.monitoring;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Grafana's dashboard of {@link Panels}. Each panel is described by its metrics' own help. */
final class Dashboard {
  static final String FILE = "k8s/components/monitoring/millrace.json";

  private static final String CHOSEN = "namespace=~\"$namespace\", model=~\"$model\"";
  private static final int COLUMNS = 24;
  private static final int HEIGHT = 7;

  /** What the dashboard has besides panels: its variables, and marks of what happened. */
  private static final String FRAME =
      """
      {"uid": "millrace", "title": "Millrace", "tags": ["millrace"], "editable": true,
       "schemaVersion": 39, "version": 1, "refresh": "10s", "graphTooltip": 1,
       "time": {"from": "now-1h", "to": "now"}, "timezone": "",
       "templating": {"list": [
         {"name": "datasource", "label": "Data source", "type": "datasource",
          "query": "prometheus"},
         {"name": "namespace", "label": "Namespace", "type": "query", "datasource": DS,
          "query": "label_values(millrace_build_info, namespace)", "refresh": 2, "sort": 1,
          "multi": true, "includeAll": true, "allValue": ".*",
          "current": {"text": "All", "value": "$__all"}},
         {"name": "model", "label": "Model", "type": "query", "datasource": DS,
          "query": "label_values(millrace_build_info{namespace=~\\"$namespace\\"}, model)",
          "refresh": 2, "sort": 1, "multi": true, "includeAll": true, "allValue": ".*",
          "current": {"text": "All", "value": "$__all"}}]},
       "annotations": {"list": [
         {"name": "What happened", "datasource": DS, "enable": true, "iconColor": "orange",
          "expr": "MARKS", "titleFormat": "{{model}}: {{event}}", "step": "10s"}]}}
      """;

  private static final String STACKED =
      "{\"fillOpacity\": 50, \"stacking\": {\"mode\": \"normal\", \"group\": \"A\"}}";

  private static final String MARKS =
      "sum by (model, event) (increase(millrace_trainer_events_total{$F, event=~\"drift_detected"
          + "|early_stopped|diverged|failed|promoted|rolled_back|round_started|rival_replaced\"}[1m]))"
          + " > 0";

  private final Map<String, Family> families;
  private final JsonArray panels = new JsonArray();
  private int column;
  private int line;
  private int lineHeight;

  private Dashboard(Map<String, Family> families) {
    this.families = families;
  }

  /**
   * Returns the dashboard's JSON.
   *
   * @param families what scrapes of all services have, by name
   */
  static String json(Map<String, Family> families) {
    Dashboard dashboard = new Dashboard(families);
    Panels.byRow().forEach(dashboard::row);
    String frame =
        FRAME
            .replace("DS", source().toString())
            .replace("MARKS", chosen(MARKS).replace("\"", "\\\""));
    dashboard.family("millrace_trainer_events_total");
    JsonObject json = JsonParser.parseString(frame).getAsJsonObject();
    json.add("panels", dashboard.panels);
    return new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(json) + "\n";
  }

  /** Returns the expressions of a dashboard's panels. */
  static List<String> expressions(String json) {
    List<String> expressions = new ArrayList<>();
    for (JsonElement panel :
        JsonParser.parseString(json).getAsJsonObject().getAsJsonArray("panels")) {
      JsonArray targets = panel.getAsJsonObject().getAsJsonArray("targets");
      if (targets != null) {
        targets.forEach(
            target -> expressions.add(target.getAsJsonObject().get("expr").getAsString()));
      }
    }
    return expressions;
  }

  private void row(String title, List<Panel> shown) {
    nextLine();
    JsonObject row = new JsonObject();
    row.addProperty("type", "row");
    row.addProperty("title", title);
    row.add("gridPos", place(COLUMNS, 1));
    panels.add(row);
    line++;
    shown.forEach(this::panel);
  }

  private void panel(Panel panel) {
    int height = panel.kind().equals("stat") ? 4 : HEIGHT;
    if (column + panel.width() > COLUMNS || (column > 0 && height != lineHeight)) {
      nextLine();
    }
    lineHeight = height;
    JsonObject json = new JsonObject();
    json.addProperty("type", panel.kind());
    json.addProperty("title", panel.title());
    json.addProperty("description", description(panel));
    json.add("datasource", source());
    json.add("gridPos", place(panel.width(), height));
    json.add("fieldConfig", fieldConfig(panel));
    JsonArray targets = new JsonArray();
    for (int i = 0; i < panel.queries().size(); i++) {
      targets.add(target(i, panel.queries().get(i), panel.legends().get(i)));
    }
    json.add("targets", targets);
    panels.add(json);
    column += panel.width();
  }

  /** Returns what the metrics say of themselves. */
  private String description(Panel panel) {
    return Alerts.metrics(String.join(" ", panel.queries())).stream()
        .distinct()
        .map(metric -> "`%s`: %s".formatted(metric, family(metric).help()))
        .collect(Collectors.joining("\n\n"));
  }

  private Family family(String metric) {
    return families.values().stream()
        .filter(family -> family.sampleNames().contains(metric))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no service has " + metric));
  }

  private static JsonObject target(int index, String query, String legend) {
    JsonObject target = new JsonObject();
    target.addProperty("refId", String.valueOf((char) ('A' + index)));
    target.add("datasource", source());
    target.addProperty("expr", chosen(query));
    target.addProperty("legendFormat", legend);
    return target;
  }

  private static JsonObject fieldConfig(Panel panel) {
    JsonObject defaults = new JsonObject();
    defaults.addProperty("unit", panel.unit());
    if (panel.stacked()) {
      defaults.add("custom", JsonParser.parseString(STACKED));
    }
    JsonObject config = new JsonObject();
    config.add("defaults", defaults);
    config.add("overrides", new JsonArray());
    return config;
  }

  private static JsonObject source() {
    JsonObject source = new JsonObject();
    source.addProperty("type", "prometheus");
    source.addProperty("uid", "${datasource}");
    return source;
  }

  private static String chosen(String query) {
    return query.replace("$F", CHOSEN);
  }

  private JsonObject place(int width, int height) {
    JsonObject place = new JsonObject();
    place.addProperty("h", height);
    place.addProperty("w", width);
    place.addProperty("x", column);
    place.addProperty("y", line);
    return place;
  }

  private void nextLine() {
    line += lineHeight;
    lineHeight = 0;
    column = 0;
  }
}
