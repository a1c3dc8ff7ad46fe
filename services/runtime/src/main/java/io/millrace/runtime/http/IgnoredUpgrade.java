package io.millrace.runtime.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.vertx.core.http.impl.Http1xUpgradeToH2CHandler;
import org.jspecify.annotations.Nullable;

/**
 * Passes over that a client of HTTP/1.1 would rather go on in HTTP/2: a server may answer as if it
 * had not been asked [1], and that way from one version to the other is no longer part of HTTP/2
 * [2]. Vert.x would go it before anything here has seen the request, and where it cannot, it leaves
 * the connection open and never gives back the memory of the request's body.
 *
 * <p>Vert.x decides with a connection's first bytes which version it speaks, and then reads them as
 * that at once. So those up to the first that is not of HTTP/2's preface come to it alone, after
 * which there is a place for this handler. Confined to the connection's event loop.
 *
 * <p>[1] RFC 9110, HTTP Semantics, section 7.8. [2] RFC 9113, HTTP/2, section 3.1.
 */
final class IgnoredUpgrade extends ChannelInboundHandlerAdapter {
  private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII);

  private int come;

  /** Hands on what has come, all of it. */
  void read(ChannelHandlerContext first, ByteBuf bytes) {
    int odd = come < PREFACE.length ? firstOdd(bytes) : -1;
    if (odd >= 0) {
      come = PREFACE.length;
      first.fireChannelRead(bytes.readRetainedSlice(odd + 1));
      @Nullable ChannelHandlerContext upgrade =
          first.pipeline().context(Http1xUpgradeToH2CHandler.class);
      if (upgrade != null) {
        first.pipeline().addBefore(upgrade.name(), null, this);
      }
    }
    first.fireChannelRead(bytes);
  }

  /** Returns the index of the first byte that is not the preface's; -1 where all are. */
  private int firstOdd(ByteBuf bytes) {
    int length = Math.min(bytes.readableBytes(), PREFACE.length - come);
    for (int i = 0; i < length; i++) {
      if (bytes.getByte(bytes.readerIndex() + i) != PREFACE[come + i]) {
        return i;
      }
    }
    come += length;
    return -1;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpRequest request) {
      request.headers().remove(HttpHeaderNames.UPGRADE);
      context.pipeline().remove(this); // Vert.x asks of the first request only
    }
    context.fireChannelRead(message);
  }
}
