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
 * Ignores an HTTP/1.1 client's request to upgrade to HTTP/2. A server may do so [1], and HTTP/2 no
 * longer has that upgrade [2]. Vert.x would upgrade before any check here sees the request. Where
 * it cannot, it leaves the connection open and leaks the memory of the request's body.
 *
 * <p>Vert.x derives the protocol from a connection's first bytes and handles them at once. So the
 * bytes up to the first one that differs from HTTP/2's preface are passed on alone; then this
 * handler can be inserted. Confined to the connection's event loop.
 *
 * <p>[1] RFC 9110, HTTP Semantics, section 7.8. [2] RFC 9113, HTTP/2, section 3.1.
 */
final class IgnoredUpgrade extends ChannelInboundHandlerAdapter {
  private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII);

  private int come;

  /** Passes on all bytes that have arrived. */
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

  /** Returns the index of the first byte that differs from the preface; -1 if none does. */
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
      context.pipeline().remove(this); // Vert.x only considers the first request
    }
    context.fireChannelRead(message);
  }
}
