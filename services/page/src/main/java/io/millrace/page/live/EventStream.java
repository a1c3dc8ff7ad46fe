package io.millrace.page.live;

import io.millrace.page.history.Happening;
import io.millrace.page.history.History;
import io.millrace.page.history.History.News;
import io.millrace.page.live.Feed.Look;
import io.millrace.runtime.http.ConnectionLife;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One open stream. It keeps its position in the events and no event: what a slow reader does not
 * take in time is skipped, and the reader is told to read the history anew. So what waits to be
 * sent is bounded. Confined to its event loop.
 */
final class EventStream {
  private static final Logger LOGGER = LoggerFactory.getLogger(EventStream.class);

  /** The most events that are sent at once. */
  private static final int MOST_EVENTS = 64;

  private static final int QUEUE_BYTES = 128 << 10;

  /** HTTP/2's CANCEL. */
  private static final long CANCEL = 8;

  private final HttpServerRequest request;
  private final HttpServerResponse response;
  private final Feed feed;
  private long position;
  private long seenLook;
  private boolean hasMissed;
  private int missedTurns;

  /**
   * @param position the position in the history after which events are told
   */
  EventStream(HttpServerRequest request, Feed feed, long position) {
    this.request = request;
    this.response = request.response();
    this.feed = feed;
    this.position = position;
    this.seenLook = feed.look().map(Look::number).orElse(0L);
    response.setWriteQueueMaxSize(QUEUE_BYTES);
    send(Frames.RETRY);
  }

  /** Tells what is new, unless the reader has not taken what was told before. */
  void turn() {
    if (response.writeQueueFull()) {
      missedTurns++;
      return;
    }
    missedTurns = 0;
    feed.history().ifPresent(this::tell);
    feed.look()
        .filter(look -> look.number() != seenLook)
        .ifPresent(
            look -> {
              seenLook = look.number();
              send(Frames.frame("inspection", look.json()));
            });
  }

  /** Sends the same frame as to other streams, unless the reader is slow. */
  void offer(Buffer frame) {
    if (!response.writeQueueFull()) {
      send(frame);
    }
  }

  /** Tells a reader that has missed events to read them anew. */
  void tellWhatWasMissed() {
    if (hasMissed && !response.writeQueueFull()) {
      hasMissed = false;
      send(Frames.HISTORY);
    }
  }

  /** Returns for how many turns the reader has taken nothing. */
  int missedTurns() {
    return missedTurns;
  }

  /** Ends the stream after what was sent. */
  void end() {
    if (!response.ended() && !response.closed()) {
      response.end().onFailure(EventStream::unsent);
    }
  }

  /** Breaks the stream, since its reader takes nothing; over HTTP/1.1 with its connection. */
  void cutOff() {
    if (request.version() == HttpVersion.HTTP_2) {
      response.reset(CANCEL).onFailure(EventStream::unsent);
    } else {
      ConnectionLife.breakOff(request);
    }
  }

  private void tell(History history) {
    News news = history.since(position, MOST_EVENTS);
    position = news.position();
    hasMissed |= news.isBroken();
    for (Happening event : news.events()) {
      send(Frames.frame(event));
    }
  }

  private void send(Buffer frame) {
    if (!response.ended() && !response.closed()) {
      response.write(frame).onFailure(EventStream::unsent);
    }
  }

  private static void unsent(Throwable failure) {
    LOGGER.debug("The reader of a stream left", failure);
  }

  /** Returns the position that a reader asks for by the number of the last event it has. */
  static long position(Optional<History> history, Optional<Long> lastEvent) {
    return history
        .map(all -> lastEvent.map(all::positionAfter).orElseGet(all::position))
        .orElse(0L);
  }
}
