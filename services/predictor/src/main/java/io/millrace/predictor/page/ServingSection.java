package io.millrace.predictor.page;

import io.millrace.page.StateSection;
import io.millrace.page.json.JsonText;
import io.millrace.predictor.following.ServedModel;
import io.millrace.predictor.following.ServedModels;
import io.millrace.predictor.inference.AnsweringMetrics;
import io.millrace.predictor.inference.RequestTotals;
import io.millrace.runtime.lifecycle.Health;
import java.time.Duration;
import java.time.InstantSource;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The section {@code serving} of the page's state. Safe for any thread. */
public final class ServingSection implements StateSection {
  private final ServedModels models;
  private final AnsweringMetrics metrics;
  private final Health health;
  private final InstantSource clock;

  public ServingSection(
      ServedModels models, AnsweringMetrics metrics, Health health, InstantSource clock) {
    this.models = models;
    this.metrics = metrics;
    this.health = health;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "serving";
  }

  @Override
  public void write(JsonText json) {
    json.array("models", each -> new TreeSet<>(models.names()).forEach(name -> write(each, name)));
    RequestTotals totals = metrics.totals();
    json.object(
        "requests",
        fields -> totals.requests().forEach((status, count) -> fields.put(status.name(), count)));
    json.object("queue_seconds", fields -> write(fields, totals.queue()));
    json.object("compute_seconds", fields -> write(fields, totals.compute()));
    json.put("queue_length", metrics.waitingRows());
  }

  private void write(JsonText json, String model) {
    @Nullable ServedModel champion = models.versionsOf(model).champion();
    boolean isReady = !health.reasonsAgainstReadiness().containsKey("model " + model);
    json.add(
        fields -> {
          fields.put("model", model);
          if (champion != null) {
            Duration age = Duration.between(champion.createdAt(), clock.instant());
            fields
                .put("version", champion.number())
                .put("staleness_seconds", age.toMillis() / 1000.0);
          }
          fields.put("ready", champion != null && isReady);
        });
  }

  private static void write(JsonText json, RequestTotals.Times times) {
    json.put("mean", times.mean()).put("max", times.max());
  }
}
