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
 * The end of a connection of HTTP/1.1, in two steps [1]: only the server's half is closed at first,
 * since what a client still sends to a connection that was closed before makes TCP drop the answer
 * that is on its way. Confined to the connection's event loop.
 *
 * <p>[1] RFC 9112, HTTP/1.1, section 9.6.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails here has been closed by the other side
final class ConnectionEnd {
  /** How long a client has to notice that there is no further answer. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final ChannelHandlerContext first;
  private boolean begun;

  /**
   * @param first of the first handler of the pipeline
   */
  ConnectionEnd(ChannelHandlerContext first) {
    this.first = first;
  }

  /** Returns whether the server's half is closed, so that no further request is read. */
  boolean hasBegun() {
    return begun;
  }

  /**
   * Answers what is no request, and ends the connection.
   *
   * @param reason in words without quotation marks
   */
  void refuse(HttpResponseStatus status, String reason) {
    Channel channel = first.channel();
    ChannelHandlerContext encoder = channel.pipeline().context(HttpObjectEncoder.class);
    if (begun || encoder == null) {
      channel.close(); // it is not known yet what is spoken
      return;
    }
    String body = "{\"error\":\"" + reason + "\"}";
    String answer =
        "HTTP/1.1 %s\r\ncontent-type: application/json\r\ncontent-length: %d\r\nconnection: close\r\n\r\n%s"
            .formatted(status, body.length(), body);
    encoder
        .writeAndFlush(Unpooled.copiedBuffer(answer, US_ASCII)) // past what counts answers
        .addListener(written -> begin());
  }

  /** Closes the server's half at once, and the other when the client has noticed. */
  void begin() {
    if (begun) {
      return;
    }
    begun = true;
    closeOurHalf(first.pipeline());
    first.channel().config().setAutoRead(true);
    first.executor().schedule(() -> first.close(), PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
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
