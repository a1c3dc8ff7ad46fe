package io.millrace.runtime.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.util.AttributeKey;

/**
 * Tracks whether the client has changed the size of HPACK's table. The next header block then has
 * to begin with the new size [1], so it must come from the connection's own encoder. Confined to
 * the connection's event loop.
 *
 * <p>[1] RFC 7541, HPACK, section 4.2.
 */
public final class HeaderTable extends Http2FrameListenerDecorator {
  private static final AttributeKey<HeaderTable> KEY =
      AttributeKey.valueOf(HeaderTable.class, "table");

  /** True at first, because settings may have arrived earlier. */
  private boolean changed = true;

  private HeaderTable(Http2FrameListener listener) {
    super(listener);
  }

  static void watch(ChannelHandlerContext http, Http2ConnectionHandler handler) {
    Http2ConnectionDecoder decoder = handler.decoder();
    HeaderTable table = new HeaderTable(decoder.frameListener());
    decoder.frameListener(table);
    http.channel().attr(KEY).set(table);
  }

  /**
   * Returns whether the next header block has to come from the connection's encoder, and resets
   * that: the caller writes the block.
   */
  public static boolean isNextOfEncoder(Channel channel) {
    HeaderTable table = channel.attr(KEY).get();
    boolean changed = table == null || table.changed;
    if (table != null) {
      table.changed = false;
    }
    return changed;
  }

  @Override
  public void onSettingsRead(ChannelHandlerContext context, Http2Settings settings)
      throws Http2Exception {
    changed |= settings.headerTableSize() != null;
    super.onSettingsRead(context, settings);
  }
}
