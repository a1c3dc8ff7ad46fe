package io.millrace.runtime.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.net.impl.ShutdownEvent;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends an HTTP/2 connection without losing a call [1]. The first GOAWAY refuses nothing. After a
 * round trip, everything that the client sent before it knew has arrived, and a second GOAWAY names
 * the last call that is answered. After its answer, one more round trip shows that the client has
 * read everything, and the connection is closed. Closing earlier would make TCP drop answers in
 * flight when the client writes again.
 *
 * <p>Vert.x itself sends only the second GOAWAY. A call that crosses it is an error to Netty [2],
 * which then breaks the connection with all other calls. If no call is open, Vert.x closes the
 * connection at once. In both cases the client cannot know which calls were executed. Confined to
 * the connection's event loop.
 *
 * <p>[1] RFC 9113, HTTP/2, section 6.8. [2] DefaultHttp2ConnectionDecoder mistakes DATA of a stream
 * that it has just refused for DATA of a stream that never existed.
 */
final class Farewell extends ChannelDuplexHandler {
  private static final Logger LOGGER = LoggerFactory.getLogger(Farewell.class);

  /** Far longer than a round trip; a client that is silent for so long is not waited for. */
  private static final Duration LONGEST_ROUND_TRIP = Duration.ofSeconds(5);

  private static final Buffer PING = Buffer.buffer("farewell"); // eight bytes, as HTTP/2 requires

  private final HttpServerConnection connection;
  private final ChannelHandlerContext context;
  private final Http2ConnectionHandler http;
  private long limitMillis;
  private boolean isHeard;

  private Farewell(
      HttpServerConnection connection, ChannelHandlerContext context, Http2ConnectionHandler http) {
    this.connection = connection;
    this.context = context;
    this.http = http;
  }

  /** Prepares the end of an HTTP/2 connection, before its first request; ignores HTTP/1.1. */
  static void prepare(HttpConnection connection) {
    if (connection instanceof HttpServerConnection server) {
      ChannelHandlerContext context = server.channelHandlerContext();
      if (context.handler() instanceof Http2ConnectionHandler http) {
        context.pipeline().addBefore(context.name(), null, new Farewell(server, context, http));
      }
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext here, Object event) {
    if (event instanceof ShutdownEvent shutdown) {
      long patienceMillis = shutdown.timeUnit().toMillis(shutdown.timeout());
      limitMillis = Math.min(LONGEST_ROUND_TRIP.toMillis(), patienceMillis / 2);
      writeGoAway(Integer.MAX_VALUE);
      roundTrip(heard -> refuseFurther(heard, () -> here.fireUserEventTriggered(event)));
    } else {
      here.fireUserEventTriggered(event);
    }
  }

  /** Called when no call is open any more, or the connection is broken. */
  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // it is the given promise
  public void close(ChannelHandlerContext here, ChannelPromise promise) {
    here.flush(); // Vert.x fails streams whose end was not sent, and logs that
    if (isHeard) {
      isHeard = false; // waits only once
      roundTrip(heard -> here.close(promise));
    } else {
      here.close(promise);
    }
  }

  private void refuseFurther(boolean heard, Runnable shutDown) {
    isHeard = heard;
    connection.handler(Farewell::refuse);
    if (!http.connection().goAwaySent()) { // it may have been sent because of an error
      tellNetty();
      writeGoAway(http.connection().remote().lastStreamCreated());
    }
    shutDown.run();
  }

  /**
   * Marks GOAWAY as sent without refusing streams, which informs calls that do not end by
   * themselves.
   */
  private void tellNetty() {
    try {
      http.connection()
          .goAwaySent(Integer.MAX_VALUE, Http2Error.NO_ERROR.code(), Unpooled.EMPTY_BUFFER);
    } catch (Http2Exception e) {
      throw new IllegalStateException("no stream is beyond the largest", e);
    }
  }

  private static void refuse(HttpServerRequest request) {
    request
        .response()
        .reset(Http2Error.REFUSED_STREAM.code())
        .onFailure(failure -> LOGGER.debug("The caller left by himself", failure));
  }

  /** Writes GOAWAY past Netty, which would treat the first one as the end. */
  @SuppressWarnings("FutureReturnValueIgnored") // the ping after it fails too
  private void writeGoAway(int lastStream) {
    http.encoder()
        .frameWriter()
        .writeGoAway(
            context,
            lastStream,
            Http2Error.NO_ERROR.code(),
            Unpooled.EMPTY_BUFFER,
            context.newPromise());
  }

  /** Waits until the client has read everything written so far, and reports whether it has. */
  private void roundTrip(Handler<Boolean> then) {
    connection
        .ping(PING)
        .timeout(limitMillis, TimeUnit.MILLISECONDS)
        .onComplete(pong -> then.handle(pong.succeeded()));
  }
}
