package io.millrace.cli.status;

import io.millrace.checkpoints.manifest.Manifest;
import io.millrace.checkpoints.manifest.StoredCheckpoint;
import io.millrace.checkpoints.manifest.StoredRejection;
import io.millrace.checkpoints.manifest.Summary;
import io.millrace.cli.live.Rows;
import io.millrace.cli.live.ShownScore;
import io.millrace.cli.terminal.Figures;
import io.millrace.proto.events.v1.TrainingEvent;
import io.millrace.trainer.events.EventWords;
import io.millrace.trainer.events.ShareWords;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** A status as one screen for people. Nothing of it is content of a record. */
final class StatusText {
  /** What a predictor of a fleet lists: the model that new keys begin with. */
  private static final JsonArray TEMPLATE = JsonArray.of("0");

  private final Status status;
  private final Rows rows = new Rows();

  private StatusText(Status status) {
    this.status = status;
  }

  static List<String> lines(Status status) {
    List<String> lines = new ArrayList<>();
    lines.add("%s at %s".formatted(status.model(), status.time().truncatedTo(ChronoUnit.SECONDS)));
    lines.addAll(new StatusText(status).rows());
    return lines;
  }

  private List<String> rows() {
    rows.add("brokers", status.brokers().text(said -> said));
    rows.add(isFleet() ? "fleet" : "trainer", status.trainer().text(this::trainer));
    notes(status.trainer());
    Checkpoints known = status.checkpoints().value();
    if (known == null) {
      rows.add("versions", status.checkpoints().problem());
    } else {
      checkpoints(known);
    }
    rows.add("predictor", status.predictor().text(this::predictor));
    notes(status.predictor());
    rows.add("dead letters", status.letters().text(StatusText::letters));
    events();
    return rows.lines();
  }

  private boolean isFleet() {
    PortState state = status.trainer().value();
    return state != null && state.details().containsKey("fleet");
  }

  private static String fleet(PortState state, JsonObject fleet) {
    return "%s: %s models, %s records learned, %s held out, %s rejected; %s models aged out"
        .formatted(
            state.ready() ? "ready" : "not ready",
            count(fleet, "models"),
            count(fleet, "learned"),
            count(fleet, "held_out"),
            count(fleet, "rejected"),
            count(fleet, "aged_out"));
  }

  private String trainer(PortState state) {
    if (isFleet()) {
      return fleet(state, state.details().getJsonObject("fleet"));
    }
    JsonObject trainer = state.details().getJsonObject("trainer");
    if (trainer == null) {
      return state.ready() ? "runs and is ready" : "runs and is not ready";
    }
    return "%s, %s: %s records, %s/s, lag %s"
        .formatted(
            state.ready() ? "ready" : "not ready",
            activity(trainer),
            count(trainer, "records"),
            count(trainer, "records_per_second"),
            count(trainer, "lag"));
  }

  private static String activity(JsonObject trainer) {
    if (Boolean.TRUE.equals(trainer.getBoolean("paused"))) {
      return "paused";
    }
    long records = trainer.getLong("records", 0L);
    return records > 0 && records == trainer.getLong("rejected", 0L)
        ? "learning nothing, every record is rejected"
        : String.valueOf(trainer.getString("phase")).toLowerCase(Locale.ROOT);
  }

  private static String count(JsonObject object, String key) {
    Number value = object.getNumber(key);
    return value == null ? "-" : Figures.count(Math.round(value.doubleValue()));
  }

  private void notes(Asked<PortState> asked) {
    PortState state = asked.value();
    if (state != null) {
      state.reasons().forEach(reason -> rows.add("", "not ready: " + reason));
      state.remarks().forEach(remark -> rows.add("", remark));
    }
  }

  private void checkpoints(Checkpoints known) {
    Manifest manifest = known.manifest();
    Optional<StoredCheckpoint> newest = manifest.latest();
    newest.ifPresent(
        latest -> {
          Summary summary = latest.summary();
          rows.add(
              "position",
              "%s records learned up to version %d, %s; %s more wait on %s"
                  .formatted(
                      Figures.count(summary.counts().records()),
                      latest.version(),
                      summary.phase().toLowerCase(Locale.ROOT),
                      Figures.count(known.lag()),
                      status.topic()));
          rows.add("evaluation", evaluation(summary));
          if (!summary.rivals().isEmpty()) {
            rows.add("rivals", ShareWords.of(summary.shares()));
          }
        });
    rows.add("versions", versions(manifest));
    newest.ifPresent(latest -> rejected(latest.summary()));
  }

  private String evaluation(Summary summary) {
    List<ShownScore> scores = ShownScore.of(Map.of(), summary.metrics());
    if (scores.isEmpty()) {
      return status.holdsOut() ? "none yet" : "none: validation.holdout is 0";
    }
    return "%s, %s ago"
        .formatted(
            scores.stream().map(StatusText::score).collect(Collectors.joining(", ")),
            age(summary.createdAt()));
  }

  private static String score(ShownScore score) {
    String text = score.name() + " " + Figures.rounded(score.onWindow());
    return Double.isNaN(score.constant())
        ? text
        : "%s (%s: %s)"
            .formatted(
                text,
                score.isOfNumbers() ? "the mean" : "the most frequent class",
                Figures.rounded(score.constant()));
  }

  private String versions(Manifest manifest) {
    String champion =
        manifest
            .champion()
            .map(served -> "champion %s".formatted(made(served)))
            .orElse("nothing is served yet");
    String newest = manifest.latest().map(latest -> ", newest " + made(latest)).orElse("");
    return "%s%s; kept: %s"
        .formatted(
            champion,
            newest,
            manifest.checkpoints().stream()
                .map(each -> String.valueOf(each.version()))
                .collect(Collectors.joining(", ")));
  }

  private String made(StoredCheckpoint stored) {
    return "%d (made %s ago)".formatted(stored.version(), age(stored.summary().createdAt()));
  }

  private void rejected(Summary summary) {
    if (summary.counts().rejected() > 0) {
      rows.add(
          "rejected",
          "%s of %s records%s"
              .formatted(
                  Figures.count(summary.counts().rejected()),
                  Figures.count(summary.counts().records()),
                  summary.mostRejected().map(StatusText::most).orElse("")));
    }
  }

  private static String most(StoredRejection most) {
    return ", mostly: %s (%s, %s%s)"
        .formatted(
            most.problem(),
            Figures.count(most.records()),
            most.reason(),
            most.field().isEmpty() ? "" : " in " + most.field());
  }

  private String predictor(PortState state) {
    JsonArray versions = state.details().getJsonArray("versions", new JsonArray());
    Checkpoints known = status.checkpoints().value();
    Optional<StoredCheckpoint> champion =
        known == null ? Optional.empty() : known.manifest().champion();
    String ready = state.ready() ? "ready" : "not ready";
    OptionalLong served = served();
    if (served.isPresent() && known != null) {
      return "%s, serves version %s%s"
          .formatted(
              ready,
              known
                  .manifest()
                  .version(served.getAsLong())
                  .map(this::made)
                  .orElse(String.valueOf(served.getAsLong())),
              served.getAsLong() == known.manifest().championVersion() ? ", the champion" : "");
    }
    if (versions.isEmpty()) {
      return ready;
    }
    if (versions.equals(TEMPLATE)) {
      return ready + ", answers with the fleet's model of each key";
    }
    if (champion.isEmpty()) {
      return "%s, has versions %s".formatted(ready, joined(versions));
    }
    return versions.contains(String.valueOf(champion.get().version()))
        ? "%s, serves the champion, version %s".formatted(ready, made(champion.get()))
        : "%s, has not got the champion, version %s, yet; it has %s"
            .formatted(ready, made(champion.get()), joined(versions));
  }

  /** Returns the version that a predictor in the trainer's process serves. */
  private OptionalLong served() {
    PortState state = status.trainer().value();
    JsonObject serving = state == null ? null : state.details().getJsonObject("serving");
    if (serving == null) {
      return OptionalLong.empty();
    }
    return serving.getJsonArray("models", new JsonArray()).stream()
        .filter(JsonObject.class::isInstance)
        .map(JsonObject.class::cast)
        .filter(each -> status.model().equals(each.getString("model")))
        .filter(each -> each.getLong("version") != null)
        .mapToLong(each -> each.getLong("version"))
        .findFirst();
  }

  private static String joined(JsonArray versions) {
    return versions.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }

  private static String letters(Letters letters) {
    if (letters.counted() == 0) {
      return "none";
    }
    return "%s%s: %s"
        .formatted(
            letters.complete() ? "" : "at least ",
            Figures.count(letters.counted()),
            letters.byReason().entrySet().stream()
                .map(each -> each.getKey() + " " + Figures.count(each.getValue()))
                .collect(Collectors.joining(", ")));
  }

  private void events() {
    List<TrainingEvent> newest = status.events().value();
    if (newest == null || newest.isEmpty()) {
      rows.add("events", newest == null ? status.events().problem() : "none yet");
      return;
    }
    String title = "events";
    for (TrainingEvent event : newest) {
      rows.add(
          title,
          "%s  at record %s: %s"
              .formatted(
                  Instant.ofEpochMilli(event.getTimeMillis()).truncatedTo(ChronoUnit.SECONDS),
                  Figures.count(event.getRecords()),
                  EventWords.of(event)));
      title = "";
    }
  }

  /** Returns how long ago a time was, in one unit. */
  private String age(Instant time) {
    long seconds = Math.max(0, Duration.between(time, status.time()).toSeconds());
    if (seconds < 120) {
      return seconds + " s";
    }
    if (seconds < 7200) {
      return seconds / 60 + " min";
    }
    return seconds < 172_800 ? seconds / 3600 + " h" : seconds / 86_400 + " days";
  }
}
