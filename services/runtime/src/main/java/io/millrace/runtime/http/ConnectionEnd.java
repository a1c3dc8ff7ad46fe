package io.millrace.runtime.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpObjectEncoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.ssl.SslHandler;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The end of an HTTP/1.1 connection in two steps [1]. First only the server's half is closed: after
 * a full close, data that the client still sends makes TCP drop the answer in flight. Confined to
 * the connection's event loop.
 *
 * <p>[1] RFC 9112, HTTP/1.1, section 9.6.
 */
@SuppressWarnings("FutureReturnValueIgnored") // it only fails on a closed connection
final class ConnectionEnd {
  /** How long a client has to notice that no further answer comes. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final ChannelHandlerContext first;
  private boolean begun;

  /**
   * @param first the context of the pipeline's first handler
   */
  ConnectionEnd(ChannelHandlerContext first) {
    this.first = first;
  }

  /** Returns whether the server's half is closed, so that no further request is read. */
  boolean hasBegun() {
    return begun;
  }

  /**
   * Answers an invalid request and ends the connection.
   *
   * @param reason a sentence without quotation marks
   */
  void refuse(HttpResponseStatus status, String reason) {
    Channel channel = first.channel();
    ChannelHandlerContext encoder = channel.pipeline().context(HttpObjectEncoder.class);
    if (begun || encoder == null) {
      channel.close(); // the protocol is not known yet
      return;
    }
    String body = "{\"error\":\"" + reason + "\"}";
    String answer =
        "HTTP/1.1 %s\r\ncontent-type: application/json\r\ncontent-length: %d\r\nconnection: close\r\n\r\n%s"
            .formatted(status, body.length(), body);
    encoder
        .writeAndFlush(Unpooled.copiedBuffer(answer, US_ASCII)) // not counted as an answer
        .addListener(written -> begin());
  }

  /** Closes the server's half at once, and the rest when the client has noticed. */
  void begin() {
    if (begun) {
      return;
    }
    begun = true;
    closeOurHalf(first.pipeline());
    first.channel().config().setAutoRead(true);
    first.executor().schedule(() -> first.close(), PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Closes the connection at once, with what the client has not taken. */
  void breakOff() {
    begun = true;
    first.close();
  }

  private void closeOurHalf(ChannelPipeline pipeline) {
    SslHandler tls = pipeline.get(SslHandler.class);
    if (tls != null) {
      tls.closeOutbound();
    } else if (first.channel() instanceof DuplexChannel duplex) {
      duplex.shutdownOutput();
    }
  }
}
