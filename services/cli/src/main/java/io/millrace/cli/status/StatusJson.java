package io.millrace.cli.status;

import io.millrace.checkpoints.manifest.Manifest;
import io.millrace.checkpoints.manifest.StoredCheckpoint;
import io.millrace.checkpoints.manifest.StoredRejection;
import io.millrace.checkpoints.manifest.StoredRival;
import io.millrace.checkpoints.manifest.Summary;
import io.millrace.proto.events.v1.TrainingEvent;
import io.millrace.trainer.events.EventWords;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A status as JSON. Each part has {@code problem}, which is null where it is known. */
final class StatusJson {
  private StatusJson() {}

  static String of(Status status) {
    return new JsonObject()
        .put("model", status.model())
        .put("time", status.time().toString())
        .put("topic", status.topic())
        .put("brokers", part(status.brokers(), (said, json) -> json.put("said", said)))
        .put("trainer", part(status.trainer(), StatusJson::trainer))
        .put("predictor", part(status.predictor(), StatusJson::predictor))
        .put(
            "checkpoints",
            part(status.checkpoints(), (known, json) -> checkpoints(known, status.time(), json)))
        .put("dead_letters", part(status.letters(), StatusJson::letters))
        .put("events", part(status.events(), StatusJson::events))
        .encodePrettily();
  }

  private static <T> JsonObject part(Asked<T> asked, BiConsumer<T, JsonObject> details) {
    T value = asked.value();
    JsonObject json = new JsonObject().put("problem", value == null ? asked.problem() : null);
    if (value != null) {
      details.accept(value, json);
    }
    return json;
  }

  private static void port(PortState state, JsonObject json) {
    json.put("ready", state.ready())
        .put("reasons", new JsonArray(state.reasons()))
        .put("remarks", new JsonArray(state.remarks()));
  }

  private static void trainer(PortState state, JsonObject json) {
    port(state, json);
    JsonObject fleet = state.details().getJsonObject("fleet");
    json.put("state", state.details().getJsonObject("trainer", fleet));
  }

  private static void predictor(PortState state, JsonObject json) {
    port(state, json);
    json.put("versions", state.details().getJsonArray("versions", new JsonArray()));
  }

  private static void checkpoints(Checkpoints known, Instant now, JsonObject json) {
    Manifest manifest = known.manifest();
    json.put("newest", manifest.latestVersion() == 0 ? null : manifest.latestVersion())
        .put("champion", manifest.championVersion() == 0 ? null : manifest.championVersion())
        .put("lag", known.lag());
    JsonArray retained = new JsonArray();
    manifest.checkpoints().forEach(each -> retained.add(checkpoint(each, now)));
    json.put("retained", retained);
  }

  private static JsonObject checkpoint(StoredCheckpoint stored, Instant now) {
    Summary summary = stored.summary();
    JsonObject scores = new JsonObject();
    summary.metrics().forEach((name, value) -> scores.put(name, finite(value)));
    JsonObject position = new JsonObject();
    summary
        .position()
        .nextOffsets()
        .forEach((partition, next) -> position.put(String.valueOf(partition), next));
    return new JsonObject()
        .put("version", stored.version())
        .put("time", summary.createdAt().toString())
        .put("age_seconds", Duration.between(summary.createdAt(), now).toMillis() / 1000.0)
        .put("records", summary.counts().records())
        .put("rejected", summary.counts().rejected())
        .put("most_rejected", summary.mostRejected().map(StatusJson::rejection).orElse(null))
        .put("phase", summary.phase())
        .put("learning_rate", finite(summary.learningRate()))
        .put("position", position)
        .put("scores", scores)
        .put("rivals", new JsonArray(summary.rivals().stream().map(StatusJson::rival).toList()));
  }

  private static JsonObject rival(StoredRival rival) {
    return new JsonObject()
        .put("name", rival.name())
        .put("share", rival.share())
        .put("loss", finite(rival.loss()))
        .put("changes", rival.changes());
  }

  private static JsonObject rejection(StoredRejection most) {
    return new JsonObject()
        .put("reason", most.reason())
        .put("field", most.field())
        .put("problem", most.problem())
        .put("records", most.records());
  }

  private static void letters(Letters letters, JsonObject json) {
    json.put("counted", letters.counted())
        .put("complete", letters.complete())
        .put("by_reason", new JsonObject(Map.copyOf(letters.byReason())));
  }

  private static void events(List<TrainingEvent> events, JsonObject json) {
    JsonArray newest = new JsonArray();
    events.forEach(
        event ->
            newest.add(
                new JsonObject()
                    .put("number", event.getNumber())
                    .put("time", Instant.ofEpochMilli(event.getTimeMillis()).toString())
                    .put("records", event.getRecords())
                    .put("kind", event.getEventCase().name().toLowerCase(Locale.ROOT))
                    .put("text", EventWords.of(event))));
    json.put("newest", newest);
  }

  private static @Nullable Double finite(double value) {
    return Double.isFinite(value) ? (Double) value : null;
  }
}
