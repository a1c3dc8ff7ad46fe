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
 * Ends a connection of HTTP/2 without a call being lost [1]. A first GOAWAY refuses nothing. After
 * a round trip everything is here that the client sent before it knew, and a second GOAWAY names
 * the last call that is answered. When it has been, one more round trip shows that the client has
 * read all of it, and the connection is closed: what a client still writes to one that was closed
 * before makes TCP drop the answers that are on their way.
 *
 * <p>Vert.x by itself sends the second GOAWAY alone. A call that crosses it is an error to Netty
 * [2], which breaks the connection off, with all other calls; and where no call is open, the
 * connection is closed at once. Either way the client does not know what was run. Confined to the
 * connection's event loop.
 *
 * <p>[1] RFC 9113, HTTP/2, section 6.8. [2] DefaultHttp2ConnectionDecoder takes DATA of a stream
 * that it has just refused for DATA of a stream that never was.
 */
final class Farewell extends ChannelDuplexHandler {
  private static final Logger LOGGER = LoggerFactory.getLogger(Farewell.class);

  /** Far longer than a round trip takes; who says nothing for so long is not waited for. */
  private static final Duration LONGEST_ROUND_TRIP = Duration.ofSeconds(5);

  private static final Buffer PING = Buffer.buffer("farewell"); // eight bytes, as it has to be

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

  /** Prepares a connection's end, before its first request; those of HTTP/1.1 are left alone. */
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

  /** Is called when no call is open any more, or the connection is broken. */
  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // it is the promise
  public void close(ChannelHandlerContext here, ChannelPromise promise) {
    here.flush(); // Vert.x fails over streams whose end was not sent, and that is logged
    if (isHeard) {
      isHeard = false; // waits once
      roundTrip(heard -> here.close(promise));
    } else {
      here.close(promise);
    }
  }

  private void refuseFurther(boolean heard, Runnable shutDown) {
    isHeard = heard;
    connection.handler(Farewell::refuse);
    if (!http.connection().goAwaySent()) { // because of an error, it may have been
      tellNetty();
      writeGoAway(http.connection().remote().lastStreamCreated());
    }
    shutDown.run();
  }

  /** Says that GOAWAY was sent, and nothing refused; calls without an end of their own hear it. */
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

  /** Writes it past Netty, which would take the first one for the end. */
  @SuppressWarnings("FutureReturnValueIgnored") // the ping after it fails as well
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

  /** Waits until the client has read all that was written so far, and says whether it has. */
  private void roundTrip(Handler<Boolean> then) {
    connection
        .ping(PING)
        .timeout(limitMillis, TimeUnit.MILLISECONDS)
        .onComplete(pong -> then.handle(pong.succeeded()));
  }
}
