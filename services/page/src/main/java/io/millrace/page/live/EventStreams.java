package io.millrace.page.live;

import io.millrace.runtime.http.ConnectionLife;
import io.millrace.runtime.http.HttpProblem;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The open streams of one event loop. Once a second each is told the state, which is written once
 * for all of them, and four times a second what has happened. A reader that takes nothing for
 * {@value #PATIENCE_TURNS} quarters of a second is cut off. Confined to the event loop.
 */
public final class EventStreams {
  private static final int MOST_STREAMS = 16;
  private static final Duration TURN = Duration.ofMillis(250);
  private static final int TURNS_OF_A_SECOND = 4;
  private static final int TURNS_TO_KEEP = 15 * TURNS_OF_A_SECOND;
  static final int PATIENCE_TURNS = 20 * TURNS_OF_A_SECOND;
  private static final int UNAVAILABLE = 503;

  private final Feed feed;
  private final AtomicInteger open;
  private final Set<EventStream> streams = new LinkedHashSet<>();
  private long turns;

  /**
   * @param open counts the streams of all event loops
   * @param everySecond does what is due once a second, whether or not a stream is open
   */
  public EventStreams(Vertx vertx, Feed feed, AtomicInteger open, Runnable everySecond) {
    this(vertx, feed, open, everySecond, TURN);
  }

  /** Creates streams with turns that are not a quarter of a second. */
  EventStreams(Vertx vertx, Feed feed, AtomicInteger open, Runnable everySecond, Duration turn) {
    this.feed = feed;
    this.open = open;
    vertx.setPeriodic(turn.toMillis(), timer -> turn(everySecond));
  }

  /** Answers a request with a stream, which ends with the connection or the server. */
  public void open(RoutingContext call) {
    HttpServerResponse response = call.response();
    if (open.incrementAndGet() > MOST_STREAMS) {
      open.decrementAndGet();
      response.putHeader(HttpHeaders.RETRY_AFTER, "5");
      new HttpProblem(
              UNAVAILABLE, "%d streams are open, the most there may be".formatted(MOST_STREAMS))
          .answer(response);
      return;
    }
    HttpServerRequest request = call.request();
    ConnectionLife.mayStayOpen(request);
    response
        .setChunked(true)
        .putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .putHeader(HttpHeaders.CONTENT_ENCODING, "identity"); // compressed, events would be late
    EventStream stream =
        new EventStream(request, feed, EventStream.position(feed.history(), lastEvent(request)));
    streams.add(stream);
    Runnable forget = ConnectionLife.atLeaving(request, stream::end);
    response.exceptionHandler(failure -> {}); // the reader has left, as the end handler says, too
    response.endHandler(nothing -> remove(stream, forget));
    response.closeHandler(nothing -> remove(stream, forget));
    feed.wantLook();
    stream.offer(Frames.frame("state", feed.state()));
  }

  private void remove(EventStream stream, Runnable forget) {
    if (streams.remove(stream)) {
      open.decrementAndGet();
      forget.run();
    }
  }

  private void turn(Runnable everySecond) {
    turns++;
    boolean isSecond = turns % TURNS_OF_A_SECOND == 0;
    if (isSecond) {
      everySecond.run();
    }
    if (streams.isEmpty()) {
      return;
    }
    List<EventStream> all = List.copyOf(streams);
    all.forEach(EventStream::turn);
    if (isSecond) {
      feed.wantLook();
      Buffer state = Frames.frame("state", feed.state());
      all.forEach(stream -> stream.offer(state));
      all.forEach(EventStream::tellWhatWasMissed);
    }
    if (turns % TURNS_TO_KEEP == 0) {
      all.forEach(stream -> stream.offer(Frames.KEEP));
    }
    all.stream()
        .filter(stream -> stream.missedTurns() > PATIENCE_TURNS)
        .forEach(EventStream::cutOff);
  }

  private static Optional<Long> lastEvent(HttpServerRequest request) {
    String id = request.getHeader("Last-Event-ID");
    return id != null && id.matches("\\d{1,18}") ? Optional.of(Long.valueOf(id)) : Optional.empty();
  }
}
