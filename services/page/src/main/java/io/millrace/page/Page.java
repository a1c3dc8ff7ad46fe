package io.millrace.page;

import io.millrace.page.Training.Commands;
import io.millrace.page.files.PageFiles;
import io.millrace.page.history.History;
import io.millrace.page.json.JsonText;
import io.millrace.page.live.EventStreams;
import io.millrace.page.live.Feed;
import io.millrace.runtime.Version;
import io.millrace.runtime.http.HttpProblem;
import io.millrace.runtime.lifecycle.Health;
import io.millrace.runtime.management.ManagementAccess;
import io.millrace.runtime.management.ManagementPart;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The page of a process, on its management port: the files, {@code GET /api/v1/state}, {@code
 * history}, {@code inspection} and {@code versions}, and {@code GET /api/v1/stream}. Safe for any
 * thread.
 */
public final class Page implements ManagementPart {
  private static final Logger LOGGER = LoggerFactory.getLogger(Page.class);
  private static final int DEFAULT_POINTS = 1000;
  private static final int LEAST_POINTS = 10;
  private static final int MOST_POINTS = 5000;
  private static final int NO_CONTENT = 204;

  private final String model;
  private final Health health;
  private final InstantSource clock;
  private final @Nullable Training training;
  private final List<StateSection> sections = new CopyOnWriteArrayList<>();
  private final PageFiles files = new PageFiles();
  private final AtomicInteger streams = new AtomicInteger();
  private final Feed feed = new PageFeed();

  /** Creates the page of a process that trains nothing. */
  public Page(String model, Health health, InstantSource clock) {
    this(model, health, clock, null);
  }

  /**
   * Creates the page of a process that trains a model.
   *
   * @param training the model
   */
  public Page(String model, Health health, InstantSource clock, @Nullable Training training) {
    this.model = model;
    this.health = health;
    this.clock = clock;
    this.training = training;
  }

  /** Adds a section to the state; at any time. */
  public void add(StateSection section) {
    sections.add(section);
  }

  @Override
  public void mountOn(Router router, Vertx vertx, ManagementAccess access) {
    files.mountOn(router);
    EventStreams events = new EventStreams(vertx, feed, streams, this::everySecond);
    router.get("/api/v1/state").handler(call -> answer(call, feed.state()));
    router.get("/api/v1/history").handler(this::history);
    router.get("/api/v1/inspection").handler(this::inspection);
    router.get("/api/v1/versions").handler(this::versions);
    router.get("/api/v1/stream").handler(call -> stream(call, events));
  }

  private void everySecond() {
    if (training != null) {
      training.sample();
    }
  }

  private void stream(RoutingContext call, EventStreams events) {
    PageFiles.secure(call.response());
    events.open(call);
  }

  /** Writing all of a history takes too long for an event loop. */
  private void history(RoutingContext call) {
    Optional<Integer> points = points(call.request().getParam("points"));
    if (points.isEmpty()) {
      new HttpProblem(
              HttpProblem.BAD_REQUEST,
              "points is not one of the allowed numbers: %d to %d"
                  .formatted(LEAST_POINTS, MOST_POINTS))
          .answer(call.response());
      return;
    }
    History history = training == null ? new History() : training.history();
    call.vertx()
        .executeBlocking(() -> JsonText.object(json -> history.write(json, points.get())))
        .onSuccess(json -> answer(call, json))
        .onFailure(call::fail);
  }

  private static Optional<Integer> points(@Nullable String asked) {
    if (asked == null) {
      return Optional.of(DEFAULT_POINTS);
    }
    return asked.matches("\\d{1,6}")
        ? Optional.of(Integer.valueOf(asked))
            .filter(points -> points >= LEAST_POINTS && points <= MOST_POINTS)
        : Optional.empty();
  }

  private void inspection(RoutingContext call) {
    feed.wantLook();
    feed.look()
        .ifPresentOrElse(
            look -> answer(call, look.json()),
            () -> call.response().setStatusCode(NO_CONTENT).end().onFailure(Page::unsent));
  }

  private void versions(RoutingContext call) {
    answer(
        call,
        JsonText.array(
            json -> {
              if (training != null) {
                training.writeVersions(json);
              }
            }));
  }

  private void writeState(JsonText json) {
    Map<String, String> reasons = health.reasonsAgainstReadiness();
    Commands commands = training == null ? Commands.OFF : training.commands();
    json.put("model", model)
        .put("time", clock.instant())
        .put("version", Version.current() + " of Millrace")
        .put("ready", reasons.isEmpty())
        .array("reasons", texts -> writeSentences(texts, reasons))
        .array("remarks", texts -> writeSentences(texts, health.remarks()))
        .put("commands", commands.name().toLowerCase(Locale.ROOT));
    sections.forEach(section -> json.object(section.name(), section::write));
  }

  private static void writeSentences(JsonText json, Map<String, String> byPart) {
    new TreeMap<>(byPart).forEach((part, text) -> json.add(part + ": " + text));
  }

  private static void answer(RoutingContext call, Buffer json) {
    HttpServerResponse response = call.response();
    PageFiles.secure(response);
    response
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .end(json)
        .onFailure(Page::unsent);
  }

  private static void unsent(Throwable failure) {
    LOGGER.debug("The caller left before the answer was sent", failure);
  }

  /** What the streams of this page tell. */
  private final class PageFeed implements Feed {
    @Override
    public Buffer state() {
      return JsonText.object(Page.this::writeState);
    }

    @Override
    public Optional<History> history() {
      return Optional.ofNullable(training).map(Training::history);
    }

    @Override
    public Optional<Look> look() {
      return Optional.ofNullable(training).flatMap(Training::look);
    }

    @Override
    public void wantLook() {
      if (training != null) {
        training.wantLook();
      }
    }
  }
}
