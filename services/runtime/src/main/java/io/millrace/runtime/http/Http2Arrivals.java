package io.millrace.runtime.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Stream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Limits the time of an HTTP/2 connection's streams: of request bodies that are arriving, and of
 * answers that the client does not take. Streams of messages have no limit. Streams are checked
 * only now and then, so a request that arrives as a whole, as nearly all do, costs nothing.
 * Confined to the connection's event loop.
 */
final class Http2Arrivals {
  private static final Long NO_END = Long.MAX_VALUE;

  private final ChannelHandlerContext context;
  private final Http2ConnectionHandler http;
  private final long limitNanos;

  /** When a stream was first seen without its end, by {@link System#nanoTime}. */
  private final Http2Connection.PropertyKey since;

  private int newest;

  private Http2Arrivals(ChannelHandlerContext context, Http2ConnectionHandler http, long nanos) {
    this.context = context;
    this.http = http;
    this.limitNanos = nanos;
    this.since = http.connection().newKey();
  }

  /** Returns the arrivals of a connection; null if it does not use HTTP/2. */
  static @Nullable Http2Arrivals of(ChannelHandlerContext http, Duration limit) {
    if (http.handler() instanceof Http2ConnectionHandler handler) {
      HeaderTable.watch(http, handler);
      return new Http2Arrivals(http, handler, limit.toNanos());
    }
    return null;
  }

  void mayStayOpen(int streamId) {
    Http2Stream stream = http.connection().stream(streamId);
    if (stream != null) {
      stream.setProperty(since, NO_END);
    }
  }

  /** Resets streams that take too long; returns whether any was active since the last check. */
  boolean check(long nowNanos) {
    Http2Connection connection = http.connection();
    boolean any = connection.numActiveStreams() > 0;
    if (any) {
      late(nowNanos).forEach(this::reset);
    }
    int last = connection.remote().lastStreamCreated();
    boolean isNewer = last != newest;
    newest = last;
    return any || isNewer;
  }

  private List<Http2Stream> late(long nowNanos) {
    List<Http2Stream> late = new ArrayList<>();
    try {
      http.connection()
          .forEachActiveStream(
              stream -> {
                if (isLate(stream, nowNanos)) {
                  late.add(stream);
                }
                return true;
              });
    } catch (Http2Exception e) {
      throw new IllegalStateException("the visitor throws nothing", e);
    }
    return late;
  }

  private boolean isLate(Http2Stream stream, long nowNanos) {
    if (!stream.state().remoteSideOpen() && !isUntaken(stream)) {
      return false;
    }
    Long first = stream.getProperty(since);
    if (first == null) {
      stream.setProperty(since, nowNanos);
      return false;
    }
    return !first.equals(NO_END) && nowNanos - first > limitNanos;
  }

  /** Returns whether the client leaves no room for an answer. */
  private boolean isUntaken(Http2Stream stream) {
    return http.connection().remote().flowController().hasFlowControlled(stream);
  }

  /** Resets a stream: without an error if it was answered, otherwise as cancelled. */
  @SuppressWarnings("FutureReturnValueIgnored") // it only fails on a closed connection
  private void reset(Http2Stream stream) {
    Http2Error reason = stream.state().localSideOpen() ? Http2Error.CANCEL : Http2Error.NO_ERROR;
    http.resetStream(context, stream.id(), reason.code(), context.newPromise());
    context.flush();
  }
}
