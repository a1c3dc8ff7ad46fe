package io.millrace.predictor.grpc;

import io.millrace.runtime.http.HeaderTable;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Flags;
import io.netty.handler.codec.http2.Http2FrameTypes;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2RemoteFlowController;
import io.netty.handler.codec.http2.Http2Stream;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerConnection;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a unary gRPC call [1] in one buffer. Headers, message and trailers go out in one
 * write, as far as HTTP/2's flow control allows. Confined to the connection's event loop.
 *
 * <p>[1] gRPC over HTTP2, "Responses", grpc/doc/PROTOCOL-HTTP2.md; RFC 9113, HTTP/2.
 */
final class WholeAnswer implements Http2RemoteFlowController.FlowControlled {
  private static final Http2Flags NONE = new Http2Flags();
  private static final Http2Flags HEADERS_ALONE = new Http2Flags().endOfHeaders(true);
  private static final Http2Flags LAST = new Http2Flags().endOfHeaders(true).endOfStream(true);
  private static final int LARGEST_FRAME = Http2CodecUtil.MAX_FRAME_SIZE_LOWER_BOUND;

  private static final Http2Headers FIRST =
      new DefaultHttp2Headers()
          .status("200")
          .set("content-type", "application/grpc")
          .set("grpc-accept-encoding", GrpcEncoding.GZIP);

  private static final byte[] HEADERS = encoded(FIRST);
  private static final byte[] TRAILERS = encoded(new DefaultHttp2Headers().set("grpc-status", "0"));

  private final Http2ConnectionHandler connection;
  private final Http2Stream stream;
  private final byte[] message;
  private int written;
  private @Nullable ChannelFuture lastWrite;

  private WholeAnswer(Http2ConnectionHandler connection, Http2Stream stream, byte[] message) {
    this.connection = connection;
    this.stream = stream;
    this.message = message;
  }

  /**
   * Answers an HTTP/2 request unless its stream is closed.
   *
   * @param message the message with gRPC's prefix; must not be modified afterwards
   */
  static void send(HttpServerRequest request, byte[] message) {
    ChannelHandlerContext context =
        ((HttpServerConnection) request.connection()).channelHandlerContext();
    Http2ConnectionHandler connection = (Http2ConnectionHandler) context.handler();
    Http2Stream stream = connection.connection().stream(request.streamId());
    if (stream != null) {
      WholeAnswer answer = new WholeAnswer(connection, stream, message);
      connection.encoder().flowController().addFlowControlled(stream, answer);
      context.channel().flush();
    }
  }

  /** Returns the number of bytes left that count for flow control. */
  @Override
  public int size() {
    return message.length - written;
  }

  @Override
  public void write(ChannelHandlerContext context, int allowedBytes) {
    int length = Math.min(allowedBytes, size());
    boolean begun = written > 0 || hasEncoderBegun(context);
    ByteBuf frames = context.alloc().ioBuffer(capacity(length));
    if (!begun) {
      writeHeaders(frames, HEADERS, HEADERS_ALONE);
    }
    writeMessage(frames, written + length);
    if (size() == 0) {
      writeHeaders(frames, TRAILERS, LAST);
    }
    lastWrite = context.write(frames);
  }

  /**
   * Lets the connection's encoder write the headers if it has to announce the size of its table.
   */
  @SuppressWarnings("FutureReturnValueIgnored") // later writes fail too
  private boolean hasEncoderBegun(ChannelHandlerContext context) {
    if (!HeaderTable.isNextOfEncoder(context.channel())) {
      return false;
    }
    connection
        .encoder()
        .frameWriter()
        .writeHeaders(context, stream.id(), FIRST, 0, false, context.newPromise());
    return true;
  }

  private static int capacity(int length) {
    int dataFrames = 1 + length / LARGEST_FRAME;
    return HEADERS.length
        + TRAILERS.length
        + (2 + dataFrames) * Http2CodecUtil.FRAME_HEADER_LENGTH
        + length;
  }

  private void writeHeaders(ByteBuf frames, byte[] block, Http2Flags flags) {
    Http2CodecUtil.writeFrameHeader(
        frames, block.length, Http2FrameTypes.HEADERS, flags, stream.id());
    frames.writeBytes(block);
  }

  private void writeMessage(ByteBuf frames, int end) {
    while (written < end) {
      int length = Math.min(end - written, LARGEST_FRAME);
      Http2CodecUtil.writeFrameHeader(frames, length, Http2FrameTypes.DATA, NONE, stream.id());
      frames.writeBytes(message, written, length);
      written += length;
    }
  }

  @Override
  public void writeComplete() {
    connection.closeStreamLocal(stream, lastWrite);
  }

  @Override
  public void error(ChannelHandlerContext context, Throwable cause) {
    connection.onError(context, true, cause);
  }

  @Override
  public boolean merge(
      ChannelHandlerContext context, Http2RemoteFlowController.FlowControlled next) {
    return false;
  }

  /** Encodes headers so that they neither use nor change the connection's header table. */
  private static byte[] encoded(Http2Headers headers) {
    ByteBuf block = Unpooled.buffer();
    DefaultHttp2HeadersEncoder encoder =
        new DefaultHttp2HeadersEncoder(
            (name, value) -> !Http2Headers.PseudoHeaderName.isPseudoHeader(name));
    try {
      encoder.encodeHeaders(Http2CodecUtil.HTTP_UPGRADE_STREAM_ID, headers, block);
    } catch (Http2Exception e) {
      throw new IllegalStateException("headers of ours can be encoded", e);
    }
    return ByteBufUtil.getBytes(block);
  }
}
