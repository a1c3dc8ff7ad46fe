package io.millrace.benchmarks.serving;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;

/**
 * One connection that repeats the same unary gRPC call. A call costs about a microsecond of
 * processor time, so that the server is what is measured.
 *
 * <p>Any thread may send. The connection's own thread reads.
 */
final class Http2Connection implements AutoCloseable {
  private static final byte[] NOTHING = {};
  private static final int SLOTS = 1 << 14; // the most concurrent streams
  private static final int LARGEST_HEADERS = 1 << 16;

  private final SocketChannel channel;
  private final byte[] message;
  private final byte[] firstHeaders;
  private final Outcome outcome;
  private final Thread reader = new Thread(this::read, "load");
  private final DefaultHttp2HeadersDecoder headers =
      new DefaultHttp2HeadersDecoder(false, LARGEST_HEADERS);
  private final ByteBuffer outgoing = ByteBuffer.allocateDirect(1 << 18);
  private final long[] dueNanos = new long[SLOTS];
  private final byte[][] answers = new byte[SLOTS][];
  private int nextStream = 1;
  private int window = Http2Frames.FIRST_WINDOW;
  private int underWay;
  private int limit = 100;
  private long received;
  private boolean closed;
  private boolean leaving;
  private volatile boolean repeats;
  private int ended;

  Http2Connection(int port, String path, byte[] message, Outcome outcome) throws IOException {
    this.message = message;
    this.firstHeaders = Http2Frames.firstHeaders(path, "127.0.0.1:" + port);
    this.outcome = outcome;
    channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.write(Http2Frames.greeting());
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * Sends up to {@code calls} calls in one write, as far as the server's limits allow.
   *
   * @param due when each of them was due, by {@link System#nanoTime}; the latency is measured from
   *     there
   * @return how many were sent
   */
  synchronized int send(int calls, long due) throws IOException {
    int bytes = 5 + message.length;
    int sent = 0;
    while (sent < calls && !leaving && underWay < limit && window >= bytes) {
      dueNanos[slot(nextStream)] = due;
      Http2Frames.call(
          outgoing,
          nextStream,
          nextStream == 1 ? firstHeaders : Http2Frames.laterHeaders(),
          message);
      nextStream += 2;
      window -= bytes;
      underWay++;
      sent++;
      if (outgoing.remaining() < 4096 + 2 * bytes) {
        flush();
      }
    }
    flush();
    return sent;
  }

  /** Sets whether each answer is followed by another call at once. */
  void repeat(boolean repeat) {
    repeats = repeat;
  }

  synchronized int underWay() {
    return underWay;
  }

  @Override
  public void close() throws IOException {
    synchronized (this) {
      closed = true;
    }
    channel.close();
  }

  private void flush() throws IOException {
    outgoing.flip();
    while (outgoing.hasRemaining()) {
      channel.write(outgoing);
    }
    outgoing.clear();
  }

  private static int slot(int stream) {
    return stream >> 1 & SLOTS - 1;
  }

  private void read() {
    ByteBuffer incoming = ByteBuffer.allocate(1 << 20);
    try {
      while (channel.read(incoming) >= 0) {
        incoming.flip();
        while (hasFrame(incoming)) {
          frame(incoming);
        }
        if (repeats) {
          send(ended, System.nanoTime()); // in one write, as many as have ended
        }
        ended = 0;
        incoming.compact();
      }
    } catch (ClosedChannelException e) {
      // closed by us
    } catch (IOException | Http2Exception e) {
      if (!isClosed()) {
        System.err.println("A connection broke: " + e);
      }
    }
    cutAll();
  }

  private static boolean hasFrame(ByteBuffer bytes) {
    return bytes.remaining() >= Http2Frames.HEAD_BYTES
        && bytes.remaining() >= Http2Frames.HEAD_BYTES + length(bytes);
  }

  private static int length(ByteBuffer bytes) {
    int at = bytes.position();
    return (bytes.get(at) & 0xff) << 16 | bytes.getShort(at + 1) & 0xffff;
  }

  private void frame(ByteBuffer bytes) throws IOException, Http2Exception {
    int length = length(bytes);
    int type = bytes.get(bytes.position() + 3);
    int flags = bytes.get(bytes.position() + 4);
    int stream = bytes.getInt(bytes.position() + 5);
    bytes.position(bytes.position() + Http2Frames.HEAD_BYTES);
    int end = bytes.position() + length;
    switch (type) {
      case Http2Frames.DATA -> data(bytes, length, stream);
      case Http2Frames.HEADERS -> headers(bytes, length, flags, stream);
      case Http2Frames.RST_STREAM -> ended(stream, Outcome.CUT);
      case Http2Frames.SETTINGS -> settings(bytes, length, flags);
      case Http2Frames.PING -> ping(bytes, length, flags);
      case Http2Frames.WINDOW_UPDATE -> widen(bytes.getInt(bytes.position()), stream);
      case Http2Frames.GO_AWAY -> leave();
      default -> {}
    }
    bytes.position(end);
  }

  private void data(ByteBuffer bytes, int length, int stream) throws IOException {
    byte[] part = new byte[length];
    bytes.get(part);
    byte[] before = answers[slot(stream)];
    answers[slot(stream)] = before == null ? part : joined(before, part);
    received += length;
    if (received > Http2Frames.LARGEST_WINDOW / 2) {
      synchronized (this) {
        Http2Frames.windowUpdate(outgoing, (int) received);
        flush();
      }
      received = 0;
    }
  }

  private static byte[] joined(byte[] first, byte[] second) {
    return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
  }

  private void headers(ByteBuffer bytes, int length, int flags, int stream) throws Http2Exception {
    int skipped = (flags & Http2Frames.PRIORITY) == 0 ? 0 : Http2Frames.PRIORITY_BYTES;
    ByteBuf block =
        Unpooled.wrappedBuffer(bytes.array(), bytes.position() + skipped, length - skipped);
    Http2Headers decoded = headers.decodeHeaders(stream, block);
    if ((flags & Http2Frames.END_STREAM) != 0) {
      CharSequence status = decoded.get("grpc-status");
      ended(stream, status == null ? Outcome.CUT : Integer.parseInt(status.toString()));
    }
  }

  private void ended(int stream, int status) {
    int slot = slot(stream);
    byte[] answer = answers[slot];
    answers[slot] = null;
    synchronized (this) {
      underWay--;
    }
    ended++;
    outcome.ended(status, System.nanoTime() - dueNanos[slot], answer == null ? NOTHING : answer);
  }

  private synchronized void settings(ByteBuffer bytes, int length, int flags) throws IOException {
    if ((flags & Http2Frames.ACK) != 0) {
      return;
    }
    for (int at = 0; at < length; at += 6) {
      if (bytes.getShort(bytes.position() + at) == 3) {
        limit = Math.min(SLOTS, bytes.getInt(bytes.position() + at + 2) & Integer.MAX_VALUE);
      }
    }
    Http2Frames.settingsAck(outgoing);
    flush();
  }

  private synchronized void ping(ByteBuffer bytes, int length, int flags) throws IOException {
    if ((flags & Http2Frames.ACK) == 0) {
      byte[] opaque = new byte[length];
      bytes.get(opaque);
      Http2Frames.pong(outgoing, opaque);
      flush();
    }
  }

  private synchronized void widen(int increment, int stream) {
    if (stream == 0) {
      window += increment;
    }
  }

  private synchronized void leave() {
    leaving = true;
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  private void cutAll() {
    int left = underWay();
    for (int i = 0; i < left && !isClosed(); i++) {
      outcome.ended(Outcome.CUT, 0, NOTHING);
    }
  }
}
